package dev.perch.kit.web;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.contract.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Strong entity tags (RFC 9110 §8.8.3). The time is part of the tag because a database restored
 * from a backup counts its versions a second time.
 */
public final class Etag {
  private static final Pattern LIST =
      Pattern.compile("\\*|(W/)?\"[!#-~]*\"(\\s*,\\s*(W/)?\"[!#-~]*\")*");

  private Etag() {}

  /** {@code "<version>-<updatedAt in microseconds, base 36>"}, with its quotes. */
  public static String of(long version, Instant updatedAt) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, updatedAt);
    return "\"" + version + "-" + Long.toString(micros, 36) + "\"";
  }

  public static String of(Resource resource) {
    return of(resource.version(), resource.updatedAt());
  }

  /** As {@link #require(String, String)}, for a resource as it is now. */
  public static void require(@Nullable String ifMatch, Resource current) {
    require(ifMatch, of(current));
  }

  /**
   * The precondition of every change (RFC 9110 §13.1.1): strong comparison, so a weak tag matches
   * nothing.
   *
   * @throws ProblemException {@link Problem.PreconditionRequired} without {@code If-Match}, {@link
   *     Problem.PreconditionFailed} when no tag in it is the current one
   */
  public static void require(@Nullable String ifMatch, String current) {
    if (ifMatch == null) {
      throw new Problem.PreconditionRequired().asException();
    }
    List<String> tags = tags("If-Match", ifMatch);
    if (!tags.contains("*") && !tags.contains(current)) {
      throw new Problem.PreconditionFailed(
              "Its ETag is now " + current + "; read it again and decide whether to repeat.")
          .asException();
    }
  }

  /** Whether a GET may be answered with 304 (RFC 9110 §13.1.2, weak comparison). */
  public static boolean isFresh(@Nullable String ifNoneMatch, String current) {
    if (ifNoneMatch == null) {
      return false;
    }
    return tags("If-None-Match", ifNoneMatch).stream()
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(current));
  }

  private static List<String> tags(String header, String value) {
    if (!LIST.matcher(value.strip()).matches()) {
      Violation malformed =
          new Violation(
              "header.malformed",
              header,
              TextNode.valueOf(value.substring(0, Math.min(200, value.length()))),
              "Send the ETag as it was received, with its double quotes.");
      throw new Problem.Invalid(List.of(malformed)).asException();
    }
    return Arrays.stream(value.split(",")).map(String::strip).toList();
  }
}
