package dev.perch.inventory.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Host;
import dev.perch.kit.timeline.Ids;
import dev.perch.kit.timeline.Instants;
import dev.perch.kit.timeline.Timeline;
import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files of hosts. A row names a host by site and name: it is registered, or made to be as the row
 * says. Every row that changes something makes a version of its own.
 */
@ApplicationScoped
public class HostFile {
  private final Timeline timeline;

  HostFile(Timeline timeline) {
    this.timeline = timeline;
  }

  /** What a row comes to. */
  public sealed interface Planned {
    /** The first is 1. */
    int row();
  }

  record Create(@Override int row, UUID site, HostSpec spec) implements Planned {}

  record Change(@Override int row, UUID host, HostSpec spec) implements Planned {}

  record Same(@Override int row) implements Planned {}

  /** A row that cannot be taken, and all that is wrong with it. */
  public record Refused(@Override int row, List<Violation> violations) implements Planned {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /** How many rows came to what. */
  public record Counts(int created, int changed, int unchanged, int refused) {
    public static Counts of(List<Planned> plan) {
      return new Counts(
          count(plan, Create.class),
          count(plan, Change.class),
          count(plan, Same.class),
          count(plan, Refused.class));
    }

    private static int count(List<Planned> plan, Class<? extends Planned> kind) {
      return (int) plan.stream().filter(kind::isInstance).count();
    }
  }

  /**
   * Says of each row what it comes to; changes nothing.
   *
   * @param sites ids by name
   */
  public List<Planned> plan(
      Connection connection, List<JsonNode> rows, Map<String, UUID> sites, Caller caller)
      throws SQLException {
    var planning = new Planning(sites, caller);
    rows.forEach(planning::read);
    Map<Place, Host> known =
        HostTable.ofSites(connection, planning.named()).stream()
            .collect(
                Collectors.toMap(
                    host -> new Place(host.siteId(), host.name()), Function.identity()));
    return planning.plan(known);
  }

  /** Writes some rows of a plan in the caller's transaction; call {@link #written} after it. */
  public void write(Connection connection, List<Planned> rows, Cause cause) throws SQLException {
    List<Host> created = new ArrayList<>();
    List<Timeline.Version> versions = new ArrayList<>();
    for (Planned planned : rows) {
      switch (planned) {
        case Create create -> created.add(host(create));
        case Change change -> change(connection, change, cause, versions);
        case Same same -> {}
        case Refused refused -> {}
      }
    }
    HostTable.insert(connection, created);
    created.forEach(host -> versions.add(HostVersions.of(null, host, cause)));
    timeline.append(connection, versions);
  }

  /** Has what was written published now. */
  public void written() {
    timeline.published();
  }

  private static void change(
      Connection connection, Change change, Cause cause, List<Timeline.Version> versions)
      throws SQLException {
    @Nullable Host before = HostTable.lock(connection, change.host()).orElse(null);
    if (before == null || HostSpec.of(before).equals(change.spec())) {
      return;
    }
    Host after = HostVersions.next(before, change.spec());
    HostTable.updateSpec(connection, after);
    versions.add(HostVersions.of(before, after, cause));
  }

  private static Host host(Create create) {
    var now = Instants.now();
    HostSpec spec = create.spec();
    return new Host(
        Ids.next(),
        create.site(),
        spec.name(),
        spec.personality(),
        spec.labels(),
        spec.bmc(),
        Host.State.REGISTERED,
        1,
        now,
        now);
  }

  private record Place(UUID site, String name) {}

  /** Rows that are read and not yet compared with what is there. */
  private static final class Planning {
    private final Map<String, UUID> sites;
    private final Set<UUID> ids;
    private final Caller caller;
    private final Map<Place, Integer> seen = new HashMap<>();
    private final List<Function<Map<Place, Host>, Planned>> rows = new ArrayList<>();
    private final Set<UUID> named = new HashSet<>();

    Planning(Map<String, UUID> sites, Caller caller) {
      this.sites = sites;
      this.ids = Set.copyOf(sites.values());
      this.caller = caller;
    }

    void read(JsonNode node) {
      int row = rows.size() + 1;
      try {
        place(row, HostInput.row(node));
      } catch (ProblemException e) {
        var refused = new Refused(row, e.problem().violations());
        rows.add(known -> refused);
      }
    }

    private void place(int row, HostInput.Row read) {
      UUID site = site(read.site());
      if (site == null || !caller.mayRead(site)) {
        refuse(row, "site.unknown", "/site", "Create the site first, or name one that exists.");
        return;
      }
      var place = new Place(site, read.spec().name());
      Integer first = seen.putIfAbsent(place, row);
      if (first != null) {
        refuse(row, "row.repeated", "/name", "Row " + first + " is the same host: keep one.");
        return;
      }
      named.add(site);
      rows.add(known -> planned(row, site, read.spec(), known.get(place)));
    }

    private @Nullable UUID site(String text) {
      UUID byName = sites.get(text);
      if (byName != null) {
        return byName;
      }
      return ids.stream().filter(id -> id.toString().equals(text)).findFirst().orElse(null);
    }

    private void refuse(int row, String code, String field, String remedy) {
      var refused = new Refused(row, List.of(new Violation(code, field, null, remedy)));
      rows.add(known -> refused);
    }

    private static Planned planned(int row, UUID site, HostSpec spec, @Nullable Host known) {
      if (known == null) {
        return new Create(row, site, spec);
      }
      return HostSpec.of(known).equals(spec) ? new Same(row) : new Change(row, known.id(), spec);
    }

    Set<UUID> named() {
      return named;
    }

    List<Planned> plan(Map<Place, Host> known) {
      return rows.stream().map(row -> row.apply(known)).toList();
    }
  }
}
