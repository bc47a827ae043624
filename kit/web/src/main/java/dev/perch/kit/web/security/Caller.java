package dev.perch.kit.web.security;

import dev.perch.contract.Cause;
import dev.perch.kit.web.Problem;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the request.
 *
 * @param subject the token's subject id
 * @param roles with those they imply
 * @param sites the sites the token is limited to; empty when it is not limited
 * @param reason the words of the {@code Perch-Reason} header
 */
public record Caller(
    String subject, Set<String> roles, Optional<Set<UUID>> sites, @Nullable String reason) {

  public Caller {
    roles = Set.copyOf(roles);
    sites = sites.map(Set::copyOf);
  }

  /**
   * @param site the resource's site, null for what belongs to none, which everybody may read
   */
  public boolean mayRead(@Nullable UUID site) {
    return site == null || sites.map(own -> own.contains(site)).orElse(true);
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Forbidden} for another site
   */
  public void requireSite(UUID site) {
    if (!mayRead(site)) {
      throw new Problem.Forbidden().asException();
    }
  }

  /**
   * For what concerns all sites.
   *
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Forbidden} when limited to some
   */
  public void requireAllSites() {
    if (sites.isPresent()) {
      throw new Problem.Forbidden().asException();
    }
  }

  public Cause cause(String operation) {
    return new Cause(subject, operation, reason);
  }
}
