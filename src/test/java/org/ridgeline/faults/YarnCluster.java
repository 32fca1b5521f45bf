package org.ridgeline.faults;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptReport;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler;
import org.ridgeline.Launched;

/**
 * A YARN cluster on loopback: one resource manager, one node manager, whose containers are JVMs of
 * their own. Spark stands beside it as a distribution with {@code bin/spark-submit}: its own jars
 * of a version that has YARN, and the libraries of this class path.
 */
final class YarnCluster implements AutoCloseable {
  private static final Path SPARK = Path.of("target/spark-with-yarn").toAbsolutePath();

  /** Of Spark in another version, and what only the shipped jar may bring. */
  private static final Set<String> LEFT_OUT =
      Set.of("spark", "ridgeline", "picocli", "config", "jmustache", "echarts", "openblas");

  private static final String LOOPBACK = "127.0.0.1";

  private final Path directory;
  private final Path home;
  private final MiniYARNCluster cluster;
  private final YarnClient client;

  private YarnCluster(Path directory, MiniYARNCluster cluster) throws IOException {
    this.directory = directory;
    this.cluster = cluster;
    this.home = Files.createDirectory(directory.resolve("spark"));
    this.client = YarnClient.createYarnClient();
  }

  /** An application that has ended. */
  record Ended(ApplicationReport report, int attempts) {
    String state() {
      return report.getYarnApplicationState() + " " + report.getFinalApplicationStatus();
    }
  }

  /** Starts it; everything it writes is in this directory. */
  static YarnCluster start(Path directory) throws IOException {
    YarnConfiguration configuration = new YarnConfiguration();
    settings().forEach(configuration::set);
    System.setProperty("test.build.data", directory.resolve("yarn").toString());
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    cluster.init(configuration);
    cluster.start();
    YarnCluster started = new YarnCluster(directory, cluster);
    started.client.init(cluster.getConfig());
    started.client.start();
    started.makeHome();
    return started;
  }

  private static Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("yarn.minicluster.fixed.ports", "true"), // these ones: any port of loopback
        Map.entry("yarn.resourcemanager.hostname", LOOPBACK),
        Map.entry("yarn.nodemanager.hostname", LOOPBACK),
        Map.entry("yarn.resourcemanager.address", LOOPBACK + ":0"),
        Map.entry("yarn.resourcemanager.scheduler.address", LOOPBACK + ":0"),
        Map.entry("yarn.resourcemanager.resource-tracker.address", LOOPBACK + ":0"),
        Map.entry("yarn.resourcemanager.admin.address", LOOPBACK + ":0"),
        Map.entry("yarn.resourcemanager.webapp.address", LOOPBACK + ":0"),
        Map.entry("yarn.nodemanager.address", LOOPBACK + ":0"),
        Map.entry("yarn.nodemanager.localizer.address", LOOPBACK + ":0"),
        Map.entry("yarn.nodemanager.collector-service.address", LOOPBACK + ":0"),
        Map.entry("yarn.nodemanager.webapp.address", LOOPBACK + ":0"),
        Map.entry("yarn.nodemanager.resource.memory-mb", "8192"),
        Map.entry("yarn.nodemanager.resource.cpu-vcores", "8"),
        Map.entry("yarn.nodemanager.vmem-check-enabled", "false"),
        Map.entry("yarn.nodemanager.disk-health-checker.enable", "false"),
        Map.entry("yarn.scheduler.minimum-allocation-mb", "128"),
        Map.entry("yarn.resourcemanager.scheduler.class", FifoScheduler.class.getName()),
        Map.entry("yarn.resourcemanager.am.max-attempts", "2"), // what YARN does unless told
        Map.entry("yarn.application.classpath", ""));
  }

  private void makeHome() throws IOException {
    Path jars = Files.createDirectory(home.resolve("jars"));
    Files.createDirectory(home.resolve("conf"));
    link(jars, Stream.of(SPARK.toFile().listFiles()).map(File::toPath));
    link(
        jars,
        Stream.of(System.getProperty("java.class.path").split(":"))
            .map(Path::of)
            .filter(path -> path.toString().endsWith(".jar"))
            .filter(path -> !LEFT_OUT.contains(path.getFileName().toString().split("-")[0])));
    Path site = Files.createDirectory(directory.resolve("hadoop"));
    try (OutputStream out = Files.newOutputStream(site.resolve("yarn-site.xml"))) {
      cluster.getConfig().writeXml(out);
    }
    Path submit = Files.createDirectory(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, script(site, jars));
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void link(Path jars, Stream<Path> paths) throws IOException {
    for (Path path : paths.toList()) {
      Files.createSymbolicLink(jars.resolve(path.getFileName()), path.toAbsolutePath());
    }
  }

  private static String script(Path site, Path jars) {
    return "#!/bin/sh\nexec '"
        + Path.of(System.getProperty("java.home"), "bin", "java")
        + "' "
        + Launched.BRIEF
        + " "
        + String.join(
            " ", Launched.sparkOptions().stream().filter(o -> o.startsWith("--")).toList())
        + " -cp '"
        + site
        + ":"
        + jars
        + "/*' org.apache.spark.deploy.SparkSubmit \"$@\"\n";
  }

  /** Starts {@code jobs/ridgeline} in cluster mode; the name is that of the application. */
  Launched submit(String name, String... words) throws IOException {
    Stream<String> line =
        Stream.of(
            "jobs/ridgeline",
            "--master",
            "yarn",
            "--deploy-mode",
            "cluster",
            "--name",
            name,
            "--driver-memory",
            "512m",
            "--executor-memory",
            "512m",
            "--num-executors",
            "1",
            "--conf",
            "spark.yarn.jars=local:" + home + "/jars/*",
            "--conf",
            "spark.yarn.stagingDir=" + directory,
            "--conf",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=" + LOOPBACK,
            "--conf",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_HOSTNAME=" + LOOPBACK,
            "--conf",
            "spark.executorEnv.SPARK_LOCAL_IP=" + LOOPBACK,
            "--conf",
            "spark.driver.extraJavaOptions=" + Launched.BRIEF,
            "--conf",
            "spark.executor.extraJavaOptions=" + Launched.BRIEF,
            "--conf",
            "spark.yarn.report.interval=200ms");
    List<String> all = Stream.concat(line, Stream.of(words)).toList();
    return Launched.start(
        directory,
        all,
        Map.of("SPARK_HOME", home.toString(), "HADOOP_CONF_DIR", directory + "/hadoop"));
  }

  /** The last application of this name. */
  Ended ended(String name) throws IOException, YarnException {
    ApplicationReport report =
        client.getApplications().stream()
            .filter(application -> application.getName().equals(name))
            .max(Comparator.comparing(ApplicationReport::getApplicationId))
            .orElseThrow();
    List<ApplicationAttemptReport> attempts =
        client.getApplicationAttempts(report.getApplicationId());
    return new Ended(report, attempts.size());
  }

  /** Links go first: whoever clears the directory would warn of each. */
  @Override
  public void close() throws IOException {
    client.close();
    cluster.close();
    for (File jar : home.resolve("jars").toFile().listFiles()) {
      Files.delete(jar.toPath());
    }
  }
}
