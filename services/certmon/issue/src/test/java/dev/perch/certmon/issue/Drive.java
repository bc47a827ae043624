package dev.perch.certmon.issue;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a caller of issuers does, without its database. */
final class Drive {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Drive() {}

  /**
   * @throws AssertionError if a step fails
   */
  static Issuance.Issued toTheEnd(Issuer issuer, CertificateRequest request) {
    return toTheEnd(() -> issuer, request, new Issuance.Requested());
  }

  /** Each step by an issuer that knows only what was stored, as after a crash. */
  static Issuance.Issued toTheEnd(
      Supplier<? extends Issuer> issuers, CertificateRequest request, Issuance from) {
    Step last = until(issuers, request, from, null);
    if (last.state() instanceof Issuance.Issued issued) {
      return issued;
    }
    throw new AssertionError("not issued: " + last);
  }

  /** The first failure. */
  static Step.Failed toFailure(Issuer issuer, CertificateRequest request) {
    return toFailure(issuer, request, new Issuance.Requested());
  }

  static Step.Failed toFailure(Issuer issuer, CertificateRequest request, Issuance from) {
    Step last = until(() -> issuer, request, from, null);
    if (last instanceof Step.Failed failed) {
      return failed;
    }
    throw new AssertionError("did not fail: " + last);
  }

  /** The first state of that kind. */
  static <S extends Issuance> S to(Class<S> kind, Issuer issuer, CertificateRequest request) {
    Step last = until(() -> issuer, request, new Issuance.Requested(), kind);
    if (kind.isInstance(last.state())) {
      return kind.cast(last.state());
    }
    throw new AssertionError("never came to " + kind + ": " + last);
  }

  static Issuance throughJson(Issuance state) {
    try {
      return JSON.readValue(JSON.writeValueAsString(state), Issuance.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Step until(
      Supplier<? extends Issuer> issuers,
      CertificateRequest request,
      Issuance from,
      @Nullable Class<? extends Issuance> kind) {
    Course course = new Course(new Step.Advanced(from));
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              Step step = issuers.get().advance(request, throughJson(course.last.state()));
              course.last = step;
              return step instanceof Step.Failed
                  || step.state() instanceof Issuance.Issued
                  || (kind != null && kind.isInstance(step.state()));
            });
    return course.last;
  }

  private static final class Course {
    private volatile Step last;

    Course(Step first) {
      this.last = first;
    }
  }
}
