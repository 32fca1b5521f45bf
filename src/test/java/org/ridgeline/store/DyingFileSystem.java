package org.ridgeline.store;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * A file system of a process that dies at a given operation, of those that change something: that
 * one and all later ones do nothing and fail.
 */
public final class DyingFileSystem extends FilterFileSystem {
  private static final String DEATH = "test.death";
  private static final Map<String, Death> DEATHS = new ConcurrentHashMap<>();

  private Death death;

  /** When the process dies. */
  static final class Death {
    private final AtomicInteger operations = new AtomicInteger();
    private final int last;

    private Death(int last) {
      this.last = last;
    }

    /** How many operations were asked for. */
    int operations() {
      return operations.get();
    }

    private void step() throws IOException {
      if (operations.incrementAndGet() >= last) {
        throw new IOException("the process was killed");
      }
    }
  }

  /** A process that dies at this operation. */
  static Death deathAt(int operation, Configuration configuration) {
    Death death = new Death(operation);
    String name = "death-" + DEATHS.size();
    DEATHS.put(name, death);
    configuration.set(DEATH, name);
    configuration.set("fs.file.impl", DyingFileSystem.class.getName());
    configuration.set("fs.hdfs.impl", DyingFileSystem.class.getName());
    return death;
  }

  /** For Hadoop. */
  public DyingFileSystem() {}

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    death = DEATHS.get(configuration.get(DEATH));
    fs = name.getScheme().equals("hdfs") ? new DistributedFileSystem() : new LocalDisk();
    fs.initialize(name, configuration);
    super.initialize(name, configuration);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    death.step();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    death.step();
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    death.step();
    return super.mkdirs(path, permission);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    death.step();
    return super.mkdirs(path);
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    death.step();
    super.setTimes(path, modified, accessed);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    death.step();
    FSDataOutputStream file =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    OutputStream dying =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            death.step();
            file.write(bytes, from, count);
          }

          @Override
          public void close() throws IOException {
            death.step();
            file.close();
          }
        };
    return new FSDataOutputStream(dying, null);
  }
}
