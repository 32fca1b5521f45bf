package org.ridgeline.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * The local disk as {@code faulty://FAULT/path}: the first task that opens the third file in a pass
 * over the data meets the fault.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final String UNLUCKY = "part-00003";
  private static final long STRAGGLING_MILLIS = 60_000;

  /** What happens. */
  enum Fault {
    NONE,
    /** The task ends with an exception. */
    FAIL,
    /** The task sleeps for a minute. */
    SLOW,
    /** The executor gets SIGKILL. */
    KILL,
    /** A shuffle file that an earlier task has written is deleted. */
    LOSE;

    /** The input at {@code path}, with this fault. */
    String over(java.nio.file.Path path) {
      return "faulty://" + name() + path.toAbsolutePath();
    }
  }

  private URI uri; // null while the constructor of the local file system runs

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    uri = URI.create(name.getScheme() + "://" + name.getAuthority() + "/");
    setWorkingDirectory(new Path(new Path(uri), System.getProperty("user.dir")));
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : uri;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    TaskContext task = TaskContext.get();
    if (task != null && task.attemptNumber() == 0 && isUnlucky(task, file)) {
      strike(Fault.valueOf(file.toUri().getAuthority()), task);
    }
    return super.open(file, bufferSize);
  }

  private static boolean isUnlucky(TaskContext task, Path file) {
    String pass = task.getLocalProperty("ridgeline.pass");
    return pass != null && pass.startsWith("DATA ") && file.getName().startsWith(UNLUCKY);
  }

  private static void strike(Fault fault, TaskContext task) throws IOException {
    try {
      switch (fault) {
        case NONE -> {}
        case FAIL -> throw new IOException("the disk has hiccups");
        case SLOW -> Thread.sleep(STRAGGLING_MILLIS);
        case KILL -> {
          String self = Long.toString(ProcessHandle.current().pid());
          new ProcessBuilder("kill", "-9", self).start().waitFor();
        }
        case LOSE -> {
          if (task.stageAttemptNumber() == 0) {
            loseShuffleFile(task.stageId());
          }
        }
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the task was killed");
    }
  }

  /** Deletes what another task of the same stage has written: the one that asks has not ended. */
  private static void loseShuffleFile(int stage) throws IOException, InterruptedException {
    java.nio.file.Path root =
        java.nio.file.Path.of(SparkEnv.get().conf().get(FaultScene.LOCAL_DIRECTORY));
    java.nio.file.Path shuffle =
        root.resolveSibling(FaultScene.SHUFFLES).resolve(Integer.toString(stage));
    while (!Files.exists(shuffle)) {
      Thread.sleep(20);
    }
    String prefix = "shuffle_" + Files.readString(shuffle) + "_";
    Optional<java.nio.file.Path> written = Optional.empty();
    while (written.isEmpty()) {
      Thread.sleep(20);
      try (Stream<java.nio.file.Path> all = Files.walk(root)) {
        written = all.filter(path -> isData(path, prefix)).findFirst();
      } catch (UncheckedIOException e) {
        written = Optional.empty(); // a file was renamed under the walk: look again
      }
    }
    Files.delete(written.get());
  }

  private static boolean isData(java.nio.file.Path path, String prefix) {
    String name = path.getFileName().toString();
    return name.startsWith(prefix) && name.endsWith(".data");
  }
}
