package dev.perch.agent.files;

import dev.perch.agent.apply.Driver.Failed;
import dev.perch.agent.files.Journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the files of one set from whatever is there to what is wanted, and back if need be. */
final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
  private static final int SHOWN = 5;

  private final String aspect;
  private final Path folder;
  private final @Nullable List<String> reload;
  private final Wanted wanted;
  private final Versions versions;
  private final Journal journal;
  private final Function<String, Optional<byte[]>> keys;

  /**
   * @param keys the content of a file that is the key of this name; empty if there is no such key
   */
  Placement(
      String aspect,
      FileSet set,
      Wanted wanted,
      Journal journal,
      Function<String, Optional<byte[]>> keys) {
    this.aspect = aspect;
    this.folder = Path.of(set.folder());
    this.reload = set.reload();
    this.wanted = wanted;
    this.versions = new Versions(folder);
    this.journal = journal;
    this.keys = keys;
  }

  /** What would have to be done, for people; null if nothing. */
  @Nullable String difference() throws IOException {
    Optional<Entry> entry = journal.find(aspect);
    if (entry.isEmpty()) {
      return wanted.files().isEmpty() ? null : "nothing was applied yet";
    }
    if (!entry.get().folder().equals(folder)) {
      return "the set is in " + entry.get().folder();
    }
    if (!entry.get().settled()) {
      return "an attempt was interrupted";
    }
    List<String> differences = differences();
    return differences.isEmpty()
        ? null
        : String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())));
  }

  /** Whether an attempt was begun, and did not end well. */
  boolean isInterrupted() {
    return journal.find(aspect).filter(entry -> !entry.settled()).isPresent();
  }

  /** How what is in force differs from what is wanted. */
  List<String> differences() throws IOException {
    if (wanted.files().isEmpty() && journal.find(aspect).isEmpty()) {
      return List.of();
    }
    Optional<String> current = versions.current();
    return current.isEmpty()
        ? List.of("no version is in force")
        : versions.differences(current.get(), wanted, keys);
  }

  Optional<String> version() throws IOException {
    return versions.current();
  }

  /**
   * Puts the wanted files in force and runs the reload. The keys must be there.
   *
   * @throws Failed if the reload fails, and what was good before is in force again
   */
  void apply() throws Failed, IOException {
    Optional<Entry> before = journal.find(aspect);
    if (before.isPresent() && !before.get().folder().equals(folder)) {
      new Versions(before.get().folder()).remove();
      before = Optional.empty();
    }
    String next = versions.build(wanted, keys);
    String good = before.map(Placement::lastGood).orElse(null);
    journal.write(aspect, new Entry(folder, next, good, false, reload));
    versions.switchTo(next);
    String failure = reload();
    if (failure != null) {
      throw new Failed("ReloadFailed", failure + "; " + goBack(next, good));
    }
    settle(next, next.equals(good) ? null : good);
  }

  /** Null if it went well, or there is no reload; else what went wrong. */
  @Nullable String reload() throws IOException {
    return reload == null ? null : Reload.run(reload);
  }

  /** The version that was in force when all was well. */
  private static @Nullable String lastGood(Entry entry) {
    return entry.settled() ? entry.version() : entry.previous();
  }

  /** Says what is in force now. */
  private String goBack(String failed, @Nullable String good) throws IOException {
    if (failed.equals(good)) {
      // It was good before it was repaired. Who cannot reload now would not find any other better.
      return "the version is the one before";
    }
    if (good == null) {
      versions.remove();
      journal.forget(aspect);
    } else {
      versions.switchTo(good);
      journal.write(aspect, new Entry(folder, good, null, true, reload));
    }
    String failure = reload();
    if (failure != null) {
      LOG.atError()
          .addKeyValue("aspect", aspect)
          .addKeyValue("reason", failure)
          .log("The reload of the version before failed too");
    }
    return good == null ? "there was no version before" : "the one before is back";
  }

  private void settle(String version, @Nullable String previous) throws IOException {
    journal.write(aspect, new Entry(folder, version, previous, true, reload));
    Set<String> kept = new HashSet<>(Set.of(version));
    if (previous != null) {
      kept.add(previous);
    }
    versions.keepOnly(kept);
  }
}
