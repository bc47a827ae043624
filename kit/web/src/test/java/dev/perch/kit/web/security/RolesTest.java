package dev.perch.kit.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesTest {

  @Test
  void eachRoleMayDoWhatThoseBeforeItMay() {
    assertThat(Roles.implied(Set.of("admin"))).containsOnly("admin", "operator", "viewer");
    assertThat(Roles.implied(Set.of("operator"))).containsOnly("operator", "viewer");
    assertThat(Roles.implied(Set.of("viewer"))).containsOnly("viewer");
  }

  @Test
  void otherRolesImplyNothing() {
    assertThat(Roles.implied(Set.of("offline_access", "ADMIN"))).isEmpty();
  }
}
