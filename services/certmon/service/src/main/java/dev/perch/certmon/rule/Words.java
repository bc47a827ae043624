package dev.perch.certmon.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.issue.Chain;
import dev.perch.kit.served.Endpoint;
import dev.perch.kit.web.input.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rules for words that mean something in the world of certificates. */
public final class Words {
  private static final int LONGEST = 1000;
  private static final int LONGEST_PEM = 65_536;

  private Words() {}

  /** ISO 8601 from days down: {@code P90D}, {@code PT36H}. */
  public static Rule<Duration> duration(Duration least, Duration most) {
    String remedy = "Use an ISO 8601 duration from " + least + " to " + most + ": P90D, PT36H.";
    return (node, at) -> {
      Duration duration = node.isTextual() ? parse(node.textValue()) : null;
      if (duration == null) {
        at.refuse("value.syntax", node, remedy);
        return null;
      }
      if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
        at.refuse("value.range", node, remedy);
        return null;
      }
      return duration;
    };
  }

  /**
   * Text that a parser takes.
   *
   * @param spelling gives the one spelling that compares equal, or throws an {@link
   *     IllegalArgumentException}
   */
  public static Rule<String> parsed(UnaryOperator<String> spelling, String remedy) {
    return (node, at) -> {
      try {
        if (node.isTextual() && node.textValue().length() <= LONGEST) {
          return spelling.apply(node.textValue());
        }
      } catch (IllegalArgumentException e) {
        // It is refused below, with what to do instead.
      }
      at.refuse("value.syntax", node, remedy);
      return null;
    };
  }

  /**
   * An absolute URL without user, query and fragment.
   *
   * @param isBase whether others are resolved against it: it ends with a slash
   */
  public static Rule<URI> url(Set<String> schemes, boolean isBase) {
    String remedy =
        "Use a URL with "
            + String.join(" or ", new TreeSet<>(schemes))
            + " and a host, without user, query and fragment"
            + (isBase ? ", that ends with a slash." : ".");
    return (node, at) -> {
      URI url = node.isTextual() && node.textValue().length() <= LONGEST ? url(node) : null;
      if (url == null
          || url.getHost() == null
          || url.getScheme() == null
          || !schemes.contains(url.getScheme())
          || url.getRawUserInfo() != null
          || url.getRawQuery() != null
          || url.getRawFragment() != null
          || (isBase && !url.getPath().endsWith("/"))) {
        // A user may come with a password: what was sent is not repeated.
        at.refuse("value.syntax", null, remedy);
        return null;
      }
      return url;
    };
  }

  /** Host and port: {@code 127.0.0.1:8443}, {@code [::1]:8443}, {@code web.edge.example:443}. */
  public static Rule<String> endpoint() {
    return parsed(
        text -> {
          URI uri = URI.create("tls://" + text);
          if (uri.getHost() == null
              || uri.getPort() < 1
              || uri.getPort() > 65_535
              || !text.equals(uri.getHost() + ":" + uri.getPort())) {
            throw new IllegalArgumentException(text);
          }
          return text;
        },
        "Use host and port: 127.0.0.1:8443, [::1]:8443, web.edge.example:443.");
  }

  /** An address of a host itself, and a port, as its agent takes them; no name. */
  public static Rule<String> hostEndpoint() {
    return parsed(
        text -> {
          if (Endpoint.literal(text).isEmpty()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        },
        "Use an IP address of the host itself, no name, and a port: 127.0.0.1:8443, [::1]:8443.");
  }

  /** Certificates in PEM, and nothing else; in the one spelling that compares equal. */
  public static Rule<String> certificates() {
    return (node, at) -> {
      try {
        if (node.isTextual() && node.textValue().length() <= LONGEST_PEM) {
          return Chain.fromPem(node.textValue()).toPem();
        }
      } catch (IllegalArgumentException e) {
        // It is refused below, with what to do instead.
      }
      at.refuse("value.syntax", null, "Use certificates in PEM, up to 64 KiB.");
      return null;
    };
  }

  private static @Nullable URI url(JsonNode node) {
    try {
      return new URI(node.textValue());
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static @Nullable Duration parse(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
