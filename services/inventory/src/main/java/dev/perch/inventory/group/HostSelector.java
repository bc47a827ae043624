package dev.perch.inventory.group;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.page.LabelSelector;
import dev.perch.kit.web.page.LabelSelector.Absent;
import dev.perch.kit.web.page.LabelSelector.Exists;
import dev.perch.kit.web.page.LabelSelector.In;
import dev.perch.kit.web.page.LabelSelector.NotIn;
import dev.perch.kit.web.page.LabelSelector.Requirement;
import dev.perch.kit.web.page.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A label selector in which the key {@code site} means the name of the host's site: {@code site in
 * (pier,lock),zone=a,!spare}. A label of that name cannot be asked for.
 *
 * @param text as it was written
 * @param sites requirements on the site's name
 * @param labels the others
 */
public record HostSelector(String text, List<Site> sites, LabelSelector labels) {
  private static final String SITE = "site";
  private static final int LONGEST = 1000;

  public HostSelector {
    sites = List.copyOf(sites);
  }

  /**
   * A requirement on the site.
   *
   * @param among whether it is one of them, or none of them
   */
  record Site(boolean among, Set<String> names) {
    Site {
      names = Set.copyOf(names);
    }
  }

  /** A text that is such a selector. */
  public static Rule<HostSelector> rule() {
    Rule<LabelSelector> selector = LabelSelector.rule(LONGEST);
    return (node, at) -> {
      LabelSelector all = selector.read(node, at);
      return all == null ? null : of(node.textValue().strip(), all, at);
    };
  }

  /** What was checked before it was stored. */
  static HostSelector stored(String text) {
    List<Violation> violations = new ArrayList<>();
    HostSelector selector = rule().read(TextNode.valueOf(text), new Place("", violations));
    if (selector == null) {
      throw new IllegalStateException("a stored selector cannot be read: " + text);
    }
    return selector;
  }

  private static @Nullable HostSelector of(String text, LabelSelector all, Place at) {
    List<Site> sites = new ArrayList<>();
    List<Requirement> labels = new ArrayList<>();
    for (Requirement requirement : all.requirements()) {
      switch (requirement) {
        case In in when in.key().equals(SITE) -> sites.add(new Site(true, in.values()));
        case NotIn out when out.key().equals(SITE) -> sites.add(new Site(false, out.values()));
        case Exists any when any.key().equals(SITE) -> {
          return refused(at);
        }
        case Absent none when none.key().equals(SITE) -> {
          return refused(at);
        }
        case In in -> labels.add(in);
        case NotIn out -> labels.add(out);
        case Exists any -> labels.add(any);
        case Absent none -> labels.add(none);
      }
    }
    return new HostSelector(text, sites, new LabelSelector(labels));
  }

  private static @Nullable HostSelector refused(Place at) {
    at.refuse(
        "selector.site",
        TextNode.valueOf(SITE),
        "Every host has a site; say which: site=a, site!=a, site in (a,b), site notin (a,b).");
    return null;
  }

  /**
   * Adds the requirements on a row of {@code host}.
   *
   * @param alias what stands before its columns: empty, or {@code h.}
   */
  public void into(Where where, String alias) {
    for (Site site : sites) {
      where.and(
          alias
              + (site.among() ? "site_id in" : "site_id not in")
              + " (select id from site where name = any (?))",
          (Object) site.names().toArray(String[]::new));
    }
    labels.into(where, alias + "labels");
  }
}
