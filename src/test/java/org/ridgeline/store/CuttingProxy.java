package org.ridgeline.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between one client and the object store. It counts requests, may delay them, and after a
 * given one cuts the line for good, either before the store has got it or after, with the answer
 * lost: what the client has done by then is what a killed process has done.
 */
public final class CuttingProxy implements AutoCloseable {
  /** What is lost with the line. */
  public enum Lost {
    REQUEST,
    ANSWER
  }

  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");

  /**
   * The endpoint checks a condition and puts afterwards: here that is one step, as it should be.
   */
  private static final Object CONDITIONAL = new Object();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final int target;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int last = Integer.MAX_VALUE;
  private volatile Lost lost = Lost.REQUEST;
  private volatile int delayMillis;

  private CuttingProxy(int target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  /** A line to this port. */
  public static CuttingProxy to(int port) throws IOException {
    return new CuttingProxy(port);
  }

  /** Where clients connect to. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** How many requests there were. */
  public int requests() {
    return requests.get();
  }

  /** Counts from the beginning, and cuts the line at this request. */
  public void cutAt(int request, Lost what) {
    requests.set(0);
    lost = what;
    last = request;
  }

  /** Holds every request up. */
  void delay(int millis) {
    delayMillis = millis;
  }

  private void pass(HttpExchange exchange) throws IOException {
    int number = requests.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      Thread.sleep(delayMillis);
      if (number > last || (number == last && lost == Lost.REQUEST)) {
        return;
      }
      HttpResponse<InputStream> answer = send(exchange, body);
      byte[] content = answer.body().readAllBytes();
      if (number == last) {
        return;
      }
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head) {
        answer
            .headers()
            .firstValue("content-length")
            .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
      }
      exchange.sendResponseHeaders(
          answer.statusCode(), head || content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private HttpResponse<InputStream> send(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    boolean conditional =
        exchange.getRequestMethod().equals("PUT")
            && (exchange.getRequestHeaders().containsKey("If-Match")
                || exchange.getRequestHeaders().containsKey("If-None-Match"));
    if (!conditional) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
    synchronized (CONDITIONAL) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
