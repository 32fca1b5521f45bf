package org.ridgeline.store;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/** An S3 endpoint in memory, on loopback. */
public final class ObjectStore implements AutoCloseable {
  /** The bucket that is there. */
  public static final String BUCKET = "bucket";

  private final BlobStoreContext context;
  private final S3Proxy server;

  private ObjectStore(BlobStoreContext context, S3Proxy server) {
    this.context = context;
    this.server = server;
  }

  /** Starts it. */
  public static ObjectStore start() throws Exception {
    BlobStoreContext context =
        ContextBuilder.newBuilder(new TransientApiMetadata())
            .credentials("none", "none")
            .buildView(BlobStoreContext.class);
    BlobStore blobs = context.getBlobStore();
    blobs.createContainerInLocation(null, BUCKET);
    S3Proxy server =
        S3Proxy.builder().blobStore(blobs).endpoint(URI.create("http://127.0.0.1:0")).build();
    server.start();
    return new ObjectStore(context, server);
  }

  /** Its port. */
  public int port() {
    return server.getPort();
  }

  /** A client of the endpoint at this port that gives up at the first failure. */
  public static Configuration client(int port) {
    Configuration configuration = HadoopFiles.configuration(Map.of());
    settings(port).forEach(configuration::set);
    return configuration;
  }

  /** What a client needs to know. */
  public static Map<String, String> settings(int port) {
    return Map.ofEntries(
        Map.entry("fs.s3a.endpoint", "http://127.0.0.1:" + port),
        Map.entry("fs.s3a.endpoint.region", "us-east-1"),
        Map.entry("fs.s3a.path.style.access", "true"),
        Map.entry("fs.s3a.connection.ssl.enabled", "false"),
        Map.entry("fs.s3a.access.key", "none"),
        Map.entry("fs.s3a.secret.key", "none"),
        Map.entry("fs.s3a.bucket.probe", "0"),
        Map.entry("fs.s3a.attempts.maximum", "1"),
        Map.entry("fs.s3a.retry.limit", "0"),
        Map.entry("fs.s3a.retry.interval", "1ms"),
        Map.entry("fs.s3a.connection.establish.timeout", "5s"),
        Map.entry("fs.s3a.fast.upload.buffer", "bytebuffer"));
  }

  /** Whether a command finds a finished run, a minute after the last sign of life of any other. */
  public boolean isFinished(String run) {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(70));
    return RunStore.finished(run, client(port()), later).isPresent();
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
    context.close();
  }
}
