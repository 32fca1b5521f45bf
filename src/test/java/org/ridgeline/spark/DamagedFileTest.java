package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;

/** What is said of files whose bytes are not those that were written. */
@Tag("spark")
final class DamagedFileTest {
  private static final int END = 12; // of bzip2, 10 bytes and a part of one without rows

  @TempDir Path folder;

  private static byte[] text(String format) {
    StringBuilder text = new StringBuilder(format.equals("csv") ? "y,a\n" : "");
    for (int i = 0; i < 500; i++) {
      double y = Math.sin(i);
      double a = Math.cos(3 * i);
      switch (format) {
        case "csv" -> text.append(y).append(',').append(a);
        case "json" -> text.append("{\"y\":" + y + ",\"a\":" + a + "}");
        default -> text.append(y).append(" 1:").append(a);
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] compressed(byte[] text, String codec) throws IOException {
    if (codec.equals("zst")) {
      return Zstd.compress(text);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        codec.equals("gz") ? new GZIPOutputStream(bytes) : bzip2().createOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static BZip2Codec bzip2() {
    BZip2Codec codec = new BZip2Codec();
    codec.setConf(new Configuration());
    return codec;
  }

  /** What reading all rows of a file says. */
  private static String refusal(Path file) {
    ReadSpec source = ReadSpec.of(file.toString());
    String label = file.getFileName().toString().contains(".libsvm") ? "label" : "y";
    try (PassMeter meter = SparkTest.meter()) {
      return assertThrows(
              DataException.class,
              () -> {
                Dataset<Row> rows = SparkTest.read(source);
                Design design = Designs.of(rows, ColumnRoles.of(label), meter);
                MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter);
              })
          .getMessage();
    }
  }

  private Path written(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "csv.gz",
        "csv.bz2",
        "csv.zst",
        "json.gz",
        "json.bz2",
        "libsvm.gz",
        "libsvm.bz2",
        "tsv.gz"
      })
  void aCompressedFileThatIsCutShortIsCalledSo(String extension) throws IOException {
    String[] names = extension.split("[.]");
    byte[] whole = compressed(text(names[0].replace("tsv", "csv")), names[1]);
    for (int length :
        new int[] {
          names[1].equals("bz2") ? whole.length - END : whole.length - 1, whole.length / 2, 25
        }) {
      String told = refusal(written("cut." + extension, Arrays.copyOf(whole, length)));
      assertTrue(told.contains("/cut." + extension + ": it ends too early, cut short"), told);
      assertTrue(told.endsWith("copy it again"), told);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"csv.gz", "csv.bz2", "csv.zst", "json.gz", "json.bz2", "libsvm.gz", "libsvm.bz2"})
  void aFileThatIsNotCompressedAsItsNameSaysIsCalledSo(String extension) throws IOException {
    String[] names = extension.split("[.]");
    String told = refusal(written("plain." + extension, text(names[0])));
    assertTrue(
        told.contains("/plain." + extension + ": it is not compressed as ." + names[1] + " says"),
        told);
  }

  /** Among others it would be taken for a file without rows. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "libsvm"})
  void aFileOfAFolderThatIsNotCompressedIsNotLeftOut(String format) throws IOException {
    Files.createDirectory(folder.resolve("some"));
    written("some/a." + format + ".bz2", compressed(text(format), "bz2"));
    written("some/b." + format + ".bz2", text(format));
    ReadSpec source = ReadSpec.of(folder.resolve("some").toString());
    String told = assertThrows(DataException.class, () -> SparkTest.read(source)).getMessage();
    assertTrue(told.contains("b." + format + ".bz2: it is not compressed as .bz2"), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "libsvm"})
  void aChecksumFileThatDoesNotMatchIsNamed(String format) throws IOException {
    Path file = written("x." + format, text(format));
    byte[] sums = new byte[8 + 4 * (int) (Files.size(file) / 512 + 1)];
    System.arraycopy(new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0}, 0, sums, 0, 8);
    written(".x." + format + ".crc", sums);
    String told = refusal(file);
    assertTrue(told.contains("/x." + format + ": from byte 0 on it is not what the "), told);
    assertTrue(
        told.endsWith(
            "checksum file .x."
                + format
                + ".crc beside it says; copy both again, or delete the checksum file if x."
                + format
                + " is right"),
        told);
  }

  @Test
  void damageInTheMiddleIsCalledSo() throws IOException {
    byte[] bytes = compressed(text("csv"), "gz");
    bytes[bytes.length - 6] ^= 1; // of the sum at the end
    String told = refusal(written("x.csv.gz", bytes));
    assertTrue(told.endsWith("x.csv.gz: it is damaged; copy it again"), told);
  }

  @Test
  void wholeFilesAreRead() throws IOException {
    for (String codec : new String[] {"gz", "bz2", "zst"}) {
      Path file = written("whole.csv." + codec, compressed(text("csv"), codec));
      assertEquals(500, SparkTest.read(ReadSpec.of(file.toString())).count());
    }
  }
}
