package dev.perch.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request, as data. Each {@code with…} gives a new one. */
public record Call(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte @Nullable [] body) {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  public static Call get(String path) {
    return of("GET", path);
  }

  /** May be sent again after a lost answer: the service does it once (its key says so). */
  public static Call create(String path, JsonNode body) {
    return post(path, body).withHeader(IDEMPOTENCY_KEY, UUID.randomUUID().toString());
  }

  public static Call post(String path, JsonNode body) {
    return of("POST", path).withBody("application/json", bytes(body));
  }

  /** A file as it is. */
  public static Call upload(String path, String type, byte[] content) {
    return of("POST", path).withBody(type, content);
  }

  /** JSON Merge Patch (RFC 7396) of the version that was read. */
  public static Call patch(String path, String etag, JsonNode patch) {
    return of("PATCH", path)
        .withHeader("If-Match", etag)
        .withBody("application/merge-patch+json", bytes(patch));
  }

  public static Call delete(String path, String etag) {
    return of("DELETE", path).withHeader("If-Match", etag);
  }

  private static Call of(String method, String path) {
    return new Call(method, path, Map.of(), Map.of(), null);
  }

  /** A parameter; one without a value is left out. */
  public Call with(String name, @Nullable Object value) {
    return value == null
        ? this
        : new Call(method, path, plus(query, name, value.toString()), headers, body);
  }

  /** A filter: any of these values; none of them is no filter. */
  public Call withAny(String name, Collection<?> values) {
    return values.isEmpty()
        ? this
        : with(name, values.stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  public Call withHeader(String name, String value) {
    return new Call(method, path, query, plus(headers, name, value), body);
  }

  /** Why; it is kept in the timeline and told in the event. */
  public Call withReason(@Nullable String reason) {
    return reason == null ? this : withHeader("Perch-Reason", reason);
  }

  private Call withBody(String type, byte[] content) {
    return new Call(method, path, query, plus(headers, CONTENT_TYPE, type), content);
  }

  boolean isRepeatable() {
    return method.equals("GET") || headers.containsKey(IDEMPOTENCY_KEY);
  }

  HttpRequest.Builder request(URI base) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(base)).method(method, publisher);
    headers.forEach(request::header);
    return request;
  }

  private URI uri(URI base) {
    String parameters =
        query.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    String root = base.toString().replaceFirst("/$", "");
    return URI.create(root + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  /** Text that may stand in a path or a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return Json.MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(name, value);
    return more;
  }
}
