package org.ridgeline.faults;

import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master$;
import org.apache.spark.deploy.worker.Worker$;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.Some;
import scala.Tuple3;

/**
 * A standalone cluster in this JVM: a master and two workers of one core each, whose executors are
 * JVMs of their own. The workers have two addresses, as Spark never runs two copies of a task on
 * one host.
 */
final class TwoHosts {
  private static final int MEGABYTES = 600;

  private TwoHosts() {}

  /** Starts it; returns the master's URL. */
  static String start(String workDirectory) {
    SparkConf conf = new SparkConf();
    Tuple3<RpcEnv, Object, Option<Object>> master =
        Master$.MODULE$.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, conf);
    String url = "spark://" + master._1().address().hostPort();
    for (int i = 1; i <= 2; i++) {
      Worker$.MODULE$.startRpcEnvAndEndpoint(
          "127.0.0." + i,
          0,
          0,
          1,
          MEGABYTES,
          new String[] {url},
          workDirectory,
          new Some<>(i),
          conf,
          Option.empty());
    }
    return url;
  }
}
