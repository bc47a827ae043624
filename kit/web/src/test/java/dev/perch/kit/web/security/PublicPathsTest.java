package dev.perch.kit.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublicPathsTest {

  @Test
  void theListIsWhatWasAgreed() {
    System.out.println("paths without a bearer token: " + PublicPaths.ALL);

    assertThat(PublicPaths.ALL)
        .containsExactly(
            "/agent/v1/enrol", "/agent/v1/link", "/crl/", "/.well-known/acme-challenge/");
  }

  @Test
  void aPathIsMatchedWholeAndAFolderWithAllBelow() {
    List<String> open = List.of("/agent/v1/link", "/acme/");

    assertThat(PublicPaths.contain(open, "/agent/v1/link")).isTrue();
    assertThat(PublicPaths.contain(open, "/agent/v1/link2")).isFalse();
    assertThat(PublicPaths.contain(open, "/agent/v1/link/")).isFalse();
    assertThat(PublicPaths.contain(open, "/acme/new-order")).isTrue();
    assertThat(PublicPaths.contain(open, "/acme")).isFalse();
  }
}
