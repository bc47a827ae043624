package dev.perch.kit.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Aggregate;
import dev.perch.contract.Cause;
import dev.perch.contract.Json;
import dev.perch.contract.Resource;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of resource that is kept whole, as a document, in a table of its own:
 *
 * <pre>{@code
 * create table certificate (
 *   id uuid primary key,
 *   version bigint not null,
 *   document jsonb not null,
 *   name text generated always as (document ->> 'name') stored  -- what is searched for
 * );
 * }</pre>
 *
 * @param aggregate its topics and the names of its events
 * @param table the table's name
 * @param type the record
 * @param refusals the problem a violated constraint of the table means, by the constraint's name;
 *     null for none
 */
public record ResourceKind<R extends Resource>(
    Aggregate aggregate,
    String table,
    Class<R> type,
    Function<String, @Nullable Problem> refusals) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z_]*");

  public ResourceKind {
    // It is put into SQL.
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException(table);
    }
  }

  /** The problem that there is no such resource. */
  public ProblemException unknown(UUID id) {
    return new Problem.NotFound("There is no " + aggregate.name() + " " + id + ".").asException();
  }

  /** What the failure of a statement means to whoever asked for it. */
  Throwable refusal(Throwable failure) {
    Problem problem = refusals.apply(Constraints.violated(failure));
    return problem == null ? failure : problem.asException();
  }

  /** A resource as its table keeps it. */
  public R read(String document) {
    try {
      return Json.MAPPER.readValue(document, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a damaged " + aggregate.name(), e);
    }
  }

  /** The version that a change made, or the last one and its end. */
  Timeline.Version version(@Nullable R before, @Nullable R after, Cause cause) {
    return Timeline.Version.of(aggregate, before, after, cause);
  }

  /**
   * @throws IllegalStateException if the edit made something else than the next version
   */
  void requireNext(R before, R after) {
    if (!after.id().equals(before.id())
        || after.version() != before.version() + 1
        || !after.updatedAt().isAfter(before.updatedAt())) {
      throw new IllegalStateException("not the version after " + before.version());
    }
  }
}
