package org.ridgeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Sha256;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.MomentsFile;
import org.ridgeline.report.MomentsJson;

/**
 * Stored moments: {@code moments.json} and the files that it names, in the folder {@code moments}
 * of a run or in a directory of their own. {@code moments.json} has the SHA-256 of the numbers, and
 * {@code moments.sha256}, written last, has its own, as {@code sha256sum -c} reads it.
 */
public final class MomentsStore {
  private static final String JSON = "moments.json";
  private static final String SUMS = "moments.sha256";

  private MomentsStore() {}

  /** Writes moments into the folder of a run that is going on. */
  public static void writeInto(RunDirectory run, MomentsSet moments) {
    write(run, RunNames.MOMENTS + "/", moments);
  }

  /** Writes moments as all that there is in {@code run}. */
  public static void writeAs(RunDirectory run, MomentsSet moments) {
    write(run, "", moments);
  }

  /** The file that makes the others count comes last. */
  private static void write(RunDirectory run, String prefix, MomentsSet moments) {
    List<MomentsJson.Binary> binaries = new ArrayList<>();
    for (int i = 0; i < moments.sums().size(); i++) {
      FoldedMoments sum = moments.sums().get(i);
      String name = MomentsJson.binaryName(i);
      MessageDigest digest = Sha256.digest();
      run.write(
          prefix + name,
          out -> {
            OutputStream summed =
                new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16);
            MomentsFile.write(sum, summed);
            summed.flush();
          });
      binaries.add(new MomentsJson.Binary(name, MomentsFile.bytes(sum), Sha256.of(digest)));
    }
    Map<String, byte[]> texts = new LinkedHashMap<>(MomentsJson.weightFiles(moments));
    texts.put(JSON, MomentsJson.of(moments, binaries));
    StringBuilder sums = new StringBuilder();
    texts.forEach(
        (name, bytes) -> {
          run.write(prefix + name, bytes);
          sums.append(Sha256.of(bytes)).append("  ").append(name).append('\n');
        });
    run.write(prefix + SUMS, sums.toString().getBytes(UTF_8));
  }

  /** Refuses a file that is not the one that was written. */
  private static void requireAsWritten(String name, byte[] bytes, String sums) {
    String sum = Sha256.of(bytes);
    boolean listed = sums.lines().anyMatch((sum + "  " + name)::equals);
    Check.that(
        listed,
        "Cannot use the moments: the file has been changed, its sha256 %s is not that in %s",
        sum,
        SUMS);
  }

  /**
   * Reads the moments of a run, or those in a directory of their own.
   *
   * @throws DataException naming the directory, when there are none, or they are damaged, of a
   *     newer version or do not fit together
   */
  public static MomentsSet read(String directory, Configuration configuration) {
    try (RunReader run = RunReader.open(directory, configuration)) {
      return read(run);
    }
  }

  /**
   * Reads the moments of a run.
   *
   * @throws DataException naming the directory, when there are none, or they are damaged, of a
   *     newer version or do not fit together
   */
  public static MomentsSet read(RunReader run) {
    FileSystem files = run.files();
    try {
      Path folder = new Path(run.place(), RunNames.MOMENTS);
      boolean inside = files.exists(new Path(folder, JSON));
      Path place = inside ? folder : run.place();
      if (!files.exists(new Path(place, JSON))) {
        throw new DataException(
            "There are no stored moments in " + run.name(),
            Remedy.of(
                "give the %s of 'moments write', or of a fit or tune without %s",
                Option.OUT, Option.NO_MOMENTS));
      }
      byte[] sums = run.read((inside ? RunNames.MOMENTS + "/" : "") + SUMS);
      return read(files, place, run.name(), new String(sums, UTF_8));
    } catch (IOException e) {
      throw new DataException("Cannot read " + run.name() + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /**
   * Reads the moments that an earlier attempt has left in the sibling of a run.
   *
   * @throws DataException when they are damaged, or not there
   */
  public static MomentsSet readFrom(RunDirectory run) {
    try {
      return read(run.files(), run.workPath(RunNames.MOMENTS), run.name());
    } catch (IOException e) {
      throw new DataException(
          "Cannot read the moments of " + run.name() + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** Reads the content of {@code folder}, which is called {@code name} in messages. */
  static MomentsSet read(FileSystem files, Path folder, String name) throws IOException {
    String sums = new String(HadoopFiles.read(files, new Path(folder, SUMS)), UTF_8);
    return read(files, folder, name, sums);
  }

  private static MomentsSet read(FileSystem files, Path folder, String name, String sums)
      throws IOException {
    byte[] json = HadoopFiles.read(files, new Path(folder, JSON));
    try {
      requireAsWritten(JSON, json, sums);
      return MomentsJson.read(json, new Beside(files, folder, name, sums));
    } catch (IllegalArgumentException e) {
      throw unsound(JSON, name, e);
    }
  }

  private static DataException unsound(String file, String directory, IllegalArgumentException e) {
    return new DataException(e.getMessage() + " (" + file + " in " + directory + ")", e);
  }

  /** The files beside {@code moments.json}. */
  private record Beside(FileSystem files, Path folder, String directory, String sums)
      implements MomentsJson.Files {
    @Override
    public byte[] read(String name) {
      MomentsJson.requirePlain(name);
      try {
        byte[] bytes = HadoopFiles.read(files, new Path(folder, name));
        requireAsWritten(name, bytes, sums);
        return bytes;
      } catch (IOException e) {
        throw unreadable(name, e);
      } catch (IllegalArgumentException e) {
        throw unsound(name, directory, e);
      }
    }

    @Override
    public FoldedMoments moments(MomentsJson.Binary file) {
      MomentsJson.requirePlain(file.name());
      Path path = new Path(folder, file.name());
      MessageDigest digest = Sha256.digest();
      try (InputStream in = new DigestInputStream(files.open(path), digest)) {
        long size = files.getFileStatus(path).getLen();
        FoldedMoments moments = MomentsFile.read(in, size);
        String found = Sha256.of(digest);
        Check.that(
            found.equals(file.sha256()),
            "Cannot use the moments: the file is sound, but not the one that moments.json was written"
                + " with");
        return moments;
      } catch (IOException e) {
        throw unreadable(file.name(), e);
      } catch (IllegalArgumentException e) {
        throw unsound(file.name(), directory, e);
      }
    }

    private DataException unreadable(String name, IOException e) {
      return new DataException(
          "Cannot read " + name + " in " + directory + ": " + HadoopFiles.sentence(e), e);
    }
  }
}
