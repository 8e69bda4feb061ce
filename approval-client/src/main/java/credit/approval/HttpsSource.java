package credit.approval;

import credit.approval.format.FileBytes;
import credit.approval.format.ListException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * A web server that holds the published folder. No redirect is followed, no answer may be larger
 * than the limit or slower than its size allows, and keys and timestamp are asked for with the ETag
 * of the answer before.
 */
final class HttpsSource implements ListSource {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LEAST_TIME = Duration.ofSeconds(30);

  /** A line slower than this, in bytes per second, is given up. */
  private static final long SLOWEST = 50_000;

  private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI lists;
  private final HttpClient http;
  private final Duration leastTime;

  /** Last answers to names that change; versions never do and are held by the list itself. */
  private final Map<String, HttpResponse<FileBytes>> kept = new ConcurrentHashMap<>();

  HttpsSource(URI lists, SSLContext tls) {
    this(lists, tls, LEAST_TIME);
  }

  HttpsSource(URI lists, SSLContext tls, Duration leastTime) {
    String host = lists.getHost();
    boolean allowed =
        "https".equals(lists.getScheme())
            || ("http".equals(lists.getScheme()) && host != null && OWN_MACHINE.contains(host));
    if (!allowed || host == null || lists.getRawQuery() != null || lists.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "lists are read from an address https://HOST/PATH, or from a folder; got " + lists);
    }
    this.lists = URI.create(lists.toString().replaceFirst("/*$", "/"));
    this.leastTime = leastTime;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    this.http = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  @Override
  public Optional<FileBytes> read(String name, long limit) {
    URI address = lists.resolve(name);
    HttpResponse<FileBytes> before = kept.get(name);
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(timeFor(limit));
    if (before != null) {
      request.header("If-None-Match", before.headers().firstValue("ETag").orElseThrow());
    }
    HttpResponse<FileBytes> response = send(request.build(), limit);
    return switch (response.statusCode()) {
      case 200 -> Optional.of(keep(name, response));
      case 304 -> Optional.of(requireKept(address, before).body());
      case 404, 410 -> Optional.empty();
      default ->
          throw new ListException(
              "unreachable", address + " answered with status " + response.statusCode());
    };
  }

  @Override
  public String toString() {
    return lists.toString();
  }

  private FileBytes keep(String name, HttpResponse<FileBytes> response) {
    if (name.indexOf('/') < 0 && response.headers().firstValue("ETag").isPresent()) {
      kept.put(name, response);
    }
    return response.body();
  }

  private static HttpResponse<FileBytes> requireKept(URI address, HttpResponse<FileBytes> before) {
    if (before == null) {
      throw new ListException("unreachable", address + " answered 304 though nothing was held");
    }
    return before;
  }

  /** The request's own timeout ends with the headers, so the whole answer has this one. */
  private HttpResponse<FileBytes> send(HttpRequest request, long limit) {
    CompletableFuture<HttpResponse<FileBytes>> answer =
        http.sendAsync(request, info -> new LimitedBody(request.uri(), limit));
    try {
      return answer.get(timeFor(limit).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable(request.uri(), "the download was interrupted", e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unreachable(request.uri(), "the answer takes too long", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ListException refused
          ? refused
          : unreachable(request.uri(), String.valueOf(rootOf(e).getMessage()), e);
    }
  }

  private Duration timeFor(long limit) {
    return leastTime.plusSeconds(Math.min(limit, Integer.MAX_VALUE) / SLOWEST);
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static ListException unreachable(URI address, String what, Exception cause) {
    return new ListException(
        "unreachable",
        address + " cannot be read (" + what + "); the list before answers until its own expiry",
        cause);
  }

  /** Collects a body up to the limit and breaks off beyond it. */
  private static final class LimitedBody implements HttpResponse.BodySubscriber<FileBytes> {
    private final URI address;
    private final long limit;
    private final FileBytes.Builder bytes;
    private final CompletableFuture<FileBytes> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    LimitedBody(URI address, long limit) {
      this.address = address;
      this.limit = limit;
      this.bytes = new FileBytes.Builder(limit);
    }

    @Override
    public CompletionStage<FileBytes> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
      subscription = granted;
      granted.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (buffer.remaining() > limit - bytes.length()) {
          subscription.cancel();
          body.completeExceptionally(
              new ListException(
                  "too_large", address + " has more than " + limit + " bytes; it is not read"));
          return;
        }
        bytes.append(buffer);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      body.completeExceptionally(
          thrown instanceof IOException ? thrown : new IOException(thrown.getMessage(), thrown));
    }

    @Override
    public void onComplete() {
      body.complete(bytes.build());
    }
  }
}
