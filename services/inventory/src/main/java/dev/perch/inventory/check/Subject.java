package dev.perch.inventory.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.HostFacet;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.life.Life;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that checks look at, of one host at one instant.
 *
 * @param session the agent's newest; null if it never connected
 * @param agent null if none is enrolled
 * @param facets by their words
 * @param factsConfirmedAt when the agent last sent or confirmed its facts
 * @param operations those that are not at an end
 * @param now by the database's clock
 */
public record Subject(
    Host host,
    Site site,
    @Nullable Session session,
    @Nullable Agent agent,
    Map<String, HostFacet> facets,
    @Nullable Instant factsConfirmedAt,
    List<Document> documents,
    List<Unfinished> operations,
    Instant now) {

  public Subject {
    facets = facets == null ? Map.of() : Map.copyOf(facets);
    documents = documents == null ? List.of() : List.copyOf(documents);
    operations = operations == null ? List.of() : List.copyOf(operations);
  }

  /** The host's site. */
  public record Site(@Nullable Instant unreachableSince) {}

  /**
   * The connection of the host's agent.
   *
   * @param presence as {@code link_session} keeps it
   * @param judgeAt when it is offline unless it has connected again; null while nobody doubts it
   */
  public record Session(
      String presence,
      String address,
      long beatEveryMillis,
      @Nullable Instant silentSince,
      @Nullable Instant judgeAt,
      @Nullable Instant duplicateAt) {}

  /** The enrolled agent. */
  public record Agent(boolean outdated) {}

  /**
   * A document that is wanted on the host.
   *
   * @param reached the generation the host reported last; null if none
   * @param applied the status of its condition Applied; null if it has none
   */
  public record Document(
      String aspect, long generation, @Nullable Long reached, @Nullable String applied) {

    @JsonIgnore
    public boolean isBehind() {
      return reached == null || reached < generation;
    }

    @JsonIgnore
    public boolean isRefused() {
      return !isBehind() && "FALSE".equals(applied);
    }
  }

  /** An operation on the host that is not at an end. */
  public record Unfinished(UUID id, String kind, String state) {}

  @JsonIgnore
  public Life life() {
    return Life.of(host.state());
  }

  /** Beats are heard, and nobody is about to judge otherwise. */
  static boolean isPresent(@Nullable Session session) {
    return session != null && session.presence().equals("PRESENT") && session.judgeAt() == null;
  }

  Optional<Facts> facts(Facet facet) {
    return Optional.ofNullable(facets.get(facet.word())).flatMap(HostFacet::facts);
  }

  <F extends Facts> Optional<F> facts(Class<F> type) {
    return Stream.of(Facet.values())
        .filter(facet -> facet.type().equals(type))
        .findFirst()
        .flatMap(this::facts)
        .map(type::cast);
  }

  /** The same without one of the operations: as that operation itself sees the host. */
  public Subject without(UUID operation) {
    return new Subject(
        host,
        site,
        session,
        agent,
        facets,
        factsConfirmedAt,
        documents,
        operations.stream().filter(one -> !one.id().equals(operation)).toList(),
        now);
  }
}
