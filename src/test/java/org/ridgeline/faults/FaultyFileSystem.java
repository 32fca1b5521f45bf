package org.ridgeline.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern SHUFFLE = Pattern.compile("shuffle_(\\d+)_.*\\.data");
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
            loseShuffleFile();
          }
        }
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the task was killed");
    }
  }

  /** Of the newest shuffle, which is under way: the task that asks has written nothing yet. */
  private static void loseShuffleFile() throws IOException, InterruptedException {
    java.nio.file.Path root =
        java.nio.file.Path.of(SparkEnv.get().conf().get(FaultScene.LOCAL_DIRECTORY));
    while (true) {
      TreeMap<Integer, List<java.nio.file.Path>> byShuffle = new TreeMap<>();
      try (Stream<java.nio.file.Path> all = Files.walk(root)) {
        for (java.nio.file.Path path : all.toList()) {
          Matcher name = SHUFFLE.matcher(path.getFileName().toString());
          if (name.matches()) {
            int shuffle = Integer.parseInt(name.group(1));
            byShuffle.computeIfAbsent(shuffle, s -> new ArrayList<>()).add(path);
          }
        }
      }
      if (!byShuffle.isEmpty() && byShuffle.lastEntry().getValue().size() < FaultScene.FILES) {
        Files.delete(byShuffle.lastEntry().getValue().get(0));
        return;
      }
      Thread.sleep(20);
    }
  }
}
