package dev.perch.inventory.presence;

import dev.perch.contract.Cause;
import dev.perch.inventory.host.HostRegistry;
import dev.perch.inventory.presence.PresenceTable.Standing;
import dev.perch.inventory.site.SiteRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Makes transitions true: the session's row, the host, the site, and so their events, in one
 * transaction. Sites are taken one after the other, so that losses of one site see each other.
 */
final class PresenceBook {
  private static final String ACTOR = "service:inventory";
  private static final String OPERATION = "host.presence";

  private final HostRegistry hosts;
  private final SiteRegistry sites;
  private final int offlineAfter;
  private final Duration window;

  PresenceBook(HostRegistry hosts, SiteRegistry sites, int offlineAfter, Duration window) {
    this.hosts = hosts;
    this.sites = sites;
    this.offlineAfter = offlineAfter;
    this.window = window;
  }

  /**
   * @return what became of them, to be told as alarms after the commit
   */
  Uni<List<Outcome>> apply(Mutiny.StatelessSession session, List<Transition> batch) {
    List<Outcome> outcomes = new ArrayList<>();
    var table = new PresenceTable(session);
    return table
        .lockSites(batch.stream().map(Transition::site))
        .chain(() -> table.lock(batch.stream().map(Transition::host)))
        .chain(standings -> apply(session, batch, standings, outcomes))
        .replaceWith(outcomes);
  }

  private Uni<Void> apply(
      Mutiny.StatelessSession session,
      List<Transition> batch,
      Map<UUID, Standing> standings,
      List<Outcome> outcomes) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Transition transition : batch) {
      @Nullable Standing standing = standings.get(transition.host());
      if (standing != null
          && standing.number() == transition.session()
          && standing.presence() != Presence.NONE) {
        all = all.chain(() -> new One(session, transition, outcomes).apply(standing));
      }
    }
    return all;
  }

  /** One transition in its transaction. */
  private final class One {
    private final Mutiny.StatelessSession session;
    private final PresenceTable table;
    private final Transition transition;
    private final List<Outcome> outcomes;

    One(Mutiny.StatelessSession session, Transition transition, List<Outcome> outcomes) {
      this.session = session;
      this.table = new PresenceTable(session);
      this.transition = transition;
      this.outcomes = outcomes;
    }

    Uni<Void> apply(Standing standing) {
      return switch (transition.to()) {
        case PRESENT -> present(standing);
        case DEGRADED ->
            standing.presence() == Presence.PRESENT
                ? silent(Presence.DEGRADED, "beats were missed")
                : Uni.createFrom().voidItem();
        case OFFLINE -> lost(standing);
        // Found out below, never by a watch.
        case UNKNOWN, NONE -> Uni.createFrom().voidItem();
      };
    }

    private Uni<Void> present(Standing standing) {
      Uni<Void> heard =
          table
              .present(transition.host())
              .chain(() -> observe(transition.host(), Presence.PRESENT, "its agent is heard"));
      return standing.siteAway()
          ? heard
              .chain(
                  () -> sites.observe(session, transition.site(), null, cause("an agent is heard")))
              .chain(returned -> returned ? siteReturned() : Uni.createFrom().voidItem())
          : heard;
    }

    private Uni<Void> siteReturned() {
      outcomes.add(new Outcome.SiteReturned(transition.site()));
      return table.judgeUnknown(transition.site(), window);
    }

    private Uni<Void> silent(Presence presence, String why) {
      return table
          .silent(transition.host(), presence, transition.silentFor())
          .chain(() -> observe(transition.host(), presence, why));
    }

    private Uni<Void> lost(Standing standing) {
      if (standing.presence() == Presence.OFFLINE) {
        return Uni.createFrom().voidItem();
      }
      Duration interval = Duration.ofMillis(standing.beatMillis()).multipliedBy(offlineAfter);
      return table
          .site(transition.site(), standing.silentSince(), interval)
          .chain(
              site ->
                  site.isUnreachable()
                      ? silent(Presence.UNKNOWN, "its site is unreachable")
                      : site.isLost()
                          ? siteLost(site, standing.silentSince(), interval)
                          : silent(Presence.OFFLINE, "its agent is silent"));
    }

    private Uni<Void> siteLost(PresenceTable.Site site, Instant since, Duration interval) {
      outcomes.add(new Outcome.SiteLost(transition.site(), site.lost(), site.members()));
      return sites
          .observe(session, transition.site(), since, cause("its agents fell silent at once"))
          .chain(() -> silent(Presence.UNKNOWN, "its site is unreachable"))
          .chain(() -> table.offlineWith(transition.site(), since, interval))
          .chain(this::unknown);
    }

    /** Those that were found offline a moment before the others of their site. */
    private Uni<Void> unknown(List<UUID> others) {
      Uni<Void> all = Uni.createFrom().voidItem();
      for (UUID other : others) {
        all = all.chain(() -> observe(other, Presence.UNKNOWN, "its site is unreachable"));
      }
      return all;
    }

    private Uni<Void> observe(UUID host, Presence presence, String why) {
      return hosts
          .observe(session, host, presence::of, cause(why))
          .invoke(
              changed -> {
                outcomes.add(
                    new Outcome.HostChanged(
                        host, transition.site(), presence, transition.silentFor()));
              })
          .replaceWithVoid();
    }

    private Cause cause(String why) {
      return new Cause(ACTOR, OPERATION, why);
    }
  }
}
