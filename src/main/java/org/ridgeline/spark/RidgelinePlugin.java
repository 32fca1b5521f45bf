package org.ridgeline.spark;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.ridgeline.natives.NativeLibraries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native libraries in every JVM of an application before its first task: {@code --conf
 * spark.plugins=org.ridgeline.spark.RidgelinePlugin}. Without it everything runs too, on whatever
 * BLAS netlib finds.
 */
public final class RidgelinePlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(RidgelinePlugin.class);

  /** Made by Spark. */
  public RidgelinePlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext plugin) {
        LOG.info("Driver BLAS {}", NativeLibraries.install());
        return Map.of();
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext plugin, Map<String, String> extraConf) {
        LOG.info("Executor BLAS {}", NativeLibraries.install());
      }
    };
  }
}
