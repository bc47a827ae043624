package dev.perch.certmon.issue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;

/**
 * Why something failed, by what can be done about it. The detail may be shown; it holds no secret.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "class")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Failure.Away.class, name = "away"),
  @JsonSubTypes.Type(value = Failure.Transient.class, name = "transient"),
  @JsonSubTypes.Type(value = Failure.RateLimited.class, name = "rate-limited"),
  @JsonSubTypes.Type(value = Failure.Validation.class, name = "validation"),
  @JsonSubTypes.Type(value = Failure.Permanent.class, name = "permanent"),
  @JsonSubTypes.Type(value = Failure.NeedsHuman.class, name = "needs-human")
})
public sealed interface Failure {

  /** Stable, for programs: the last part of an ACME problem type, or a word of ours. */
  String code();

  String detail();

  /**
   * The authority cannot be reached, or is not well itself: nobody gets anything of it now. Retry
   * when it is there again.
   */
  record Away(String code, String detail) implements Failure {}

  /** Something passing went wrong with this issuance. Retry soon, and ever less often. */
  record Transient(String code, String detail) implements Failure {}

  /**
   * Too much was asked.
   *
   * @param retryAfter how long to ask nothing more of this authority
   */
  record RateLimited(String code, String detail, Duration retryAfter) implements Failure {}

  /**
   * The authority could not see the proof that the names are ours. Retry after minutes: something
   * between it and us must change, and failed validations are counted.
   *
   * @param names those it could not validate, as {@link SubjectName#toString} writes them
   */
  record Validation(String code, String detail, List<String> names) implements Failure {
    public Validation {
      names = List.copyOf(names);
    }
  }

  /** The authority will not sign this, however often it is asked. The request must change. */
  record Permanent(String code, String detail) implements Failure {}

  /** Somebody must act: new terms, an account that was closed, a key that is not known. */
  record NeedsHuman(String code, String detail) implements Failure {}
}
