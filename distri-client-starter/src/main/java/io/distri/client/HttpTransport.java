package io.distri.client;

import io.distri.protocol.HostPort;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over a pool of kept connections. A watchdog cuts an exchange off when its time is up,
 * wherever it hangs: a socket's own timeouts bound neither writes nor a peer that trickles.
 */
final class HttpTransport implements NodeTransport {

  /** A second SYN goes out after 1 s; who has not answered it on a LAN is not there. */
  private static final Timeout CONNECT = Timeout.ofMilliseconds(1500);

  /**
   * A connection idle for longer is looked at before its use, which takes about 1 ms; a node that
   * went down has closed it by then, and a request lost that way would be ambiguous.
   */
  private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(250);

  /** Less than the 20 s after which Tomcat closes an idle connection. */
  private static final Timeout IDLE = Timeout.ofSeconds(10);

  /** Five heartbeats of a stream of events. */
  private static final Timeout SILENCE = Timeout.ofSeconds(15);

  /** No answer of a node is near it; a broken one must not take the heap. */
  private static final int LARGEST_ANSWER = 512 * 1024 * 1024;

  private static final ConnectionConfig USUAL = lookingAfter(LOOK_AFTER);
  private static final ConnectionConfig DOUBTFUL = lookingAfter(TimeValue.ZERO_MILLISECONDS);

  private static final String SENDING = "io.distri.client.sending";

  private final CloseableHttpClient client;
  private final @Nullable AccessToken token;
  private final ScheduledThreadPoolExecutor watchdog;

  /** When a connection to a node was last lost, by {@link System#nanoTime}; forgotten in time. */
  private final Map<HostPort, Long> losses = new ConcurrentHashMap<>();

  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens no connection yet.
   *
   * @param connections most connections at one time, to all nodes together or to one
   */
  HttpTransport(int connections, @Nullable AccessToken token) {
    this.token = token;
    watchdog = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("distri-client-watchdog"));
    watchdog.setRemoveOnCancelPolicy(true);
    client =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(connections)
                    .setMaxConnPerRoute(connections)
                    .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                    .setConnectionConfigResolver(this::connectionConfig)
                    .build())
            .setUserAgent("distri-client")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .disableConnectionState()
            .addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(), "distri-sending", HttpTransport::markSending)
            .build();
  }

  /**
   * Where one connection was lost, the others to that node are likely gone too, and each would cost
   * a call one of its few repetitions: they are looked at before their use, until none is left that
   * was open then.
   */
  private ConnectionConfig connectionConfig(HttpRoute route) {
    if (losses.isEmpty()) {
      return USUAL;
    }
    HttpHost host = route.getTargetHost();
    HostPort node = new HostPort(host.getHostName(), host.getPort());
    Long lostAt = losses.get(node);
    if (lostAt == null) {
      return USUAL;
    }
    if (System.nanoTime() - lostAt < IDLE.toDuration().toNanos()) {
      return DOUBTFUL;
    }
    losses.remove(node, lostAt);
    return USUAL;
  }

  private static ConnectionConfig lookingAfter(TimeValue idle) {
    return ConnectionConfig.custom()
        .setConnectTimeout(CONNECT)
        .setIdleTimeout(IDLE)
        .setValidateAfterInactivity(idle)
        .build();
  }

  /** Runs when the connection stands, before the first byte of the request. */
  private static ClassicHttpResponse markSending(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    scope.clientContext.setAttribute(SENDING, true);
    return chain.proceed(request, scope);
  }

  @Override
  public Reply exchange(HostPort node, Message message, Duration timeout) {
    if (closed.get()) {
      throw new IllegalStateException("the client is closed");
    }
    HttpUriRequestBase request = request(node, message);
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(
        RequestConfig.custom().setConnectionRequestTimeout(Timeout.of(timeout)).build());
    AtomicBoolean timeUp = new AtomicBoolean();
    ScheduledFuture<?> watch = cutOffAfter(timeout, request, timeUp);
    try {
      return client.execute(
          new HttpHost("http", node.host(), node.port()), request, context, HttpTransport::read);
    } catch (IOException failure) {
      boolean sending = isSending(context);
      if (timeUp.get()) {
        return cutOff(sending, timeout);
      }
      losses.put(node, System.nanoTime());
      return failed(failure, sending);
    } catch (RuntimeException cancelled) {
      // A request that is cut off between two steps, or while it waits for a connection, ends so.
      if (timeUp.get()) {
        return cutOff(isSending(context), timeout);
      }
      // And one whose thread is interrupted while it waits for a connection.
      if (cancelled instanceof CancellationException) {
        return new Reply.NotSent("interrupted in the line for a connection");
      }
      throw cancelled;
    } finally {
      watch.cancel(false);
    }
  }

  /**
   * What came of opening a stream: it, or an answer that is none.
   *
   * @param answer of status 200 and no body where there is a stream
   */
  record Opened(@Nullable EventStream stream, Reply.Answer answer) {}

  /**
   * Opens a stream of server-sent events, which takes one of the connections until it is closed.
   *
   * @throws IOException where the node doesn't answer
   */
  Opened open(HostPort node, Message message) throws IOException {
    if (closed.get()) {
      throw new IllegalStateException("the client is closed");
    }
    HttpUriRequestBase request = request(node, message);
    request.setConfig(RequestConfig.custom().setResponseTimeout(SILENCE).build());
    HttpHost host = new HttpHost("http", node.host(), node.port());
    ClassicHttpResponse response = client.executeOpen(host, request, null);
    HttpEntity entity = response.getEntity();
    if (response.getCode() == 200 && entity != null) {
      Reply.Answer none = new Reply.Answer(200, Map.of(), new byte[0]);
      return new Opened(new OpenStream(request, response, entity.getContent()), none);
    }
    try (response) {
      return new Opened(null, read(response));
    }
  }

  /** Cancelling is what ends a read that waits. */
  private static final class OpenStream implements EventStream {
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final EventReader events;

    OpenStream(HttpUriRequestBase request, ClassicHttpResponse response, InputStream in) {
      this.request = request;
      this.response = response;
      this.events = new EventReader(in);
    }

    @Override
    public @Nullable ServerEvent next() throws IOException {
      return events.next();
    }

    @Override
    public void close() {
      request.cancel();
      try {
        response.close();
      } catch (IOException gone) {
        // That is what was asked for.
      }
    }
  }

  private ScheduledFuture<?> cutOffAfter(
      Duration timeout, HttpUriRequestBase request, AtomicBoolean timeUp) {
    try {
      return watchdog.schedule(
          () -> {
            timeUp.set(true);
            request.cancel();
          },
          timeout.toNanos(),
          TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException shutDown) {
      throw new IllegalStateException("the client is closed", shutDown);
    }
  }

  private HttpUriRequestBase request(HostPort node, Message message) {
    HttpUriRequestBase request =
        new HttpUriRequestBase(message.method(), URI.create("http://" + node + message.target()));
    message.headers().forEach(request::setHeader);
    if (token != null) {
      request.setHeader("Authorization", "Bearer " + token.value());
    }
    if (!message.method().equals("GET")) {
      request.setEntity(new ByteArrayEntity(message.body(), null));
    }
    return request;
  }

  private static Reply.Answer read(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>(1)).add(header.getValue());
    }
    headers.replaceAll((name, values) -> List.copyOf(values));
    return new Reply.Answer(
        response.getCode(), Collections.unmodifiableMap(headers), body(response.getEntity()));
  }

  private static byte[] body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    long announced = entity.getContentLength();
    if (announced > LARGEST_ANSWER) {
      throw new IOException("an answer of " + announced + " bytes is too large");
    }
    try (InputStream in = entity.getContent()) {
      if (announced >= 0) {
        byte[] body = new byte[(int) announced];
        if (in.readNBytes(body, 0, body.length) < body.length) {
          throw new EOFException("the answer ends early");
        }
        return body;
      }
      byte[] body = in.readNBytes(LARGEST_ANSWER);
      if (in.read() >= 0) {
        throw new IOException("an answer of more than " + LARGEST_ANSWER + " bytes is too large");
      }
      return body;
    }
  }

  private static boolean isSending(HttpClientContext context) {
    return context.getAttribute(SENDING) != null;
  }

  private static Reply cutOff(boolean sending, Duration timeout) {
    String reason = "no answer within " + timeout.toMillis() + " ms";
    return sending ? new Reply.Lost(reason, true) : new Reply.NotSent(reason);
  }

  private static Reply failed(IOException failure, boolean sending) {
    return sending ? new Reply.Lost(lost(failure), false) : new Reply.NotSent(unreachable(failure));
  }

  private static String unreachable(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return "its host name is unknown";
    }
    if (failure instanceof ConnectTimeoutException) {
      return "no connection within " + CONNECT.toMilliseconds() + " ms";
    }
    if (failure instanceof NoRouteToHostException) {
      return "no route to it";
    }
    return failure instanceof SocketException ? "connection refused" : text(failure);
  }

  private static String lost(IOException failure) {
    if (failure instanceof NoHttpResponseException) {
      return "it closed the connection without an answer";
    }
    return failure instanceof SocketException
        ? "the connection was lost"
        : "the connection was lost: " + text(failure);
  }

  private static String text(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      client.close(CloseMode.IMMEDIATE);
      watchdog.shutdownNow();
    }
  }
}
