package org.ridgeline.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.cli.Main;
import org.ridgeline.spark.SparkTest;

/** Input and output on a real HDFS: one name node, one data node. */
@Tag("spark")
class HdfsTest {
  @TempDir static java.nio.file.Path directory;
  private static MiniDFSCluster cluster;
  private static FileSystem files;
  private static String root;

  /** What a command has said. */
  private record Said(int code, String text) {}

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
    files = cluster.getFileSystem();
    root = files.getUri().toString();
    SparkTest.session()
        .range(400)
        .selectExpr("sin(id) as x", "id % 7 as z", "2 * sin(id) + id % 7 + cos(3 * id) as y")
        .repartition(3)
        .write()
        .parquet(root + "/data");
  }

  @AfterAll
  static void stop() throws IOException {
    files.close();
    cluster.close();
  }

  private static Said ridgeline(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = Main.run(stream, stream, words);
    return new Said(code, out.toString(StandardCharsets.UTF_8));
  }

  private static Said tune(String run, String... more) {
    List<String> words =
        new ArrayList<>(List.of("tune", "--input", root + "/data", "--label", "y", "--out", run));
    words.addAll(List.of(more));
    return ridgeline(words.toArray(String[]::new));
  }

  private static byte[] read(String path) throws IOException {
    try (FSDataInputStream in = files.open(new Path(path))) {
      return in.readAllBytes();
    }
  }

  private static Set<String> names(String path) throws IOException {
    Set<String> names = new TreeSet<>();
    for (FileStatus file : files.listStatus(new Path(path))) {
      names.add(file.getPath().getName());
    }
    return names;
  }

  @Test
  void runsAreWrittenReplacedAndRead() throws IOException {
    String run = root + "/runs/one";
    Said tuned = tune(run);
    assertEquals(0, tuned.code(), tuned.text());
    assertTrue(names(run).containsAll(List.of("_SUCCESS", "status.json", "model.json")));
    assertEquals(Set.of("one"), names(root + "/runs"));
    assertEquals(0, ridgeline("status", run).code());
    assertEquals(4, tune(run).code());
    byte[] before = read(run + "/path.csv");
    Said failed = tune(run, "--if-exists", "overwrite", "--features", "nothing*");
    assertEquals(3, failed.code(), failed.text());
    assertArrayEquals(before, read(run + "/path.csv"));
    assertEquals(3, ridgeline("status", run).code(), "the last attempt has failed");
    Said again = tune(run, "--if-exists", "overwrite", "--features", "x");
    assertEquals(0, again.code(), again.text());
    assertFalse(Arrays.equals(before, read(run + "/path.csv")));
    assertEquals(0, ridgeline("status", run).code());
    Said scored =
        ridgeline("predict", "--model", run, "--input", root + "/data", "--out", root + "/scored");
    assertEquals(0, scored.code(), scored.text());
    assertEquals(400, SparkTest.session().read().parquet(root + "/scored").count());
    assertEquals(
        4,
        ridgeline("predict", "--model", run, "--input", root + "/data", "--out", root + "/data/s")
            .code(),
        "an output inside the input");
  }

  /** Whoever finds the directory finds all of the old run or all of the new one. */
  @Test
  void aReaderNeverSeesHalfARun() throws Exception {
    String run = root + "/watched";
    assertEquals(0, tune(run).code());
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> looks = pool.submit(watch(run, done));
      for (int i = 0; i < 3; i++) {
        Said tuned = tune(run, "--if-exists", "overwrite");
        assertEquals(0, tuned.code(), tuned.text());
      }
      done.set(true);
      assertTrue(looks.get() > 20);
    } finally {
      pool.shutdown();
    }
  }

  private static Callable<Integer> watch(String run, AtomicBoolean done) throws IOException {
    Set<String> whole = names(run);
    return () -> {
      int looks = 0;
      while (!done.get()) {
        if (files.exists(new Path(run + "/_SUCCESS"))) {
          Set<String> seen = namesOrNone(run);
          assertTrue(seen.isEmpty() || seen.equals(whole), seen::toString);
          looks++;
        }
      }
      return looks;
    };
  }

  /** The directory may be replaced between two looks at it. */
  private static Set<String> namesOrNone(String run) throws IOException {
    try {
      Set<String> seen = names(run);
      return seen.contains("_SUCCESS") ? seen : Set.of();
    } catch (java.io.FileNotFoundException replaced) {
      return Set.of();
    }
  }
}
