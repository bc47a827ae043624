package dev.perch.kit.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final UUID OWN = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  @Test
  void withoutAClaimEverySiteIsAllowed() {
    Caller caller = caller(TokenSites.of(null));

    assertThat(caller.mayRead(OTHER)).isTrue();
    assertThatNoException().isThrownBy(caller::requireAllSites);
  }

  @Test
  void aClaimLimitsToItsSites() {
    Caller caller = caller(TokenSites.of(List.of(OWN.toString())));

    assertThat(caller.mayRead(OWN)).isTrue();
    assertThat(caller.mayRead(null)).isTrue();
    assertThat(caller.mayRead(OTHER)).isFalse();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> caller.requireSite(OTHER))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.Forbidden()));
    assertThatExceptionOfType(ProblemException.class).isThrownBy(caller::requireAllSites);
  }

  @Test
  void aClaimThatCannotBeReadAllowsNoSite() {
    for (Object claim : List.of(List.of(), "everything", 7, Map.of("a", 1), List.of("x", 1))) {
      assertThat(caller(TokenSites.of(claim)).mayRead(OWN)).as("%s", claim).isFalse();
    }
    assertThat(caller(TokenSites.of(OWN.toString())).mayRead(OWN)).isTrue();
  }

  private static Caller caller(TokenSites sites) {
    return new Caller("alice", Set.of("viewer"), sites.ids(), null);
  }
}
