package dev.perch.agent.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver.Failed;
import dev.perch.agent.apply.Driver.Plan;
import dev.perch.agent.apply.Driver.ReadBack;
import dev.perch.agent.apply.Violation;
import dev.perch.agent.files.Look.Shown;
import dev.perch.agent.keys.KeyStore;
import dev.perch.contract.Json;
import dev.perch.contract.link.AgentKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys first, then the files, then the proof that they are what a server shows. Where a key is lost
 * that a certificate was issued for, nothing in place is touched: what there is goes on serving
 * until there is a certificate for another key. Keys that are asked for are made all the same.
 */
final class FilesPlan implements Plan {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Document document;
  private final Wanted wanted;
  private final Placement placement;
  private final KeyStore keys;
  private final Corrections corrections;
  private final Serving serving;

  /** What the server showed since something was last done; null if it was not asked. */
  private @Nullable Look look;

  private boolean reloaded;
  private @Nullable String reloadFailure;

  FilesPlan(
      Document document,
      Wanted wanted,
      Placement placement,
      KeyStore keys,
      Corrections corrections,
      Serving serving) {
    this.document = document;
    this.wanted = wanted;
    this.placement = placement;
    this.keys = keys;
    this.corrections = corrections;
    this.serving = serving;
  }

  @Override
  public List<Violation> violations() {
    return List.of();
  }

  @Override
  public @Nullable String difference() throws IOException {
    if (isContested()) {
      return null;
    }
    boolean whole = wanted.lost(keys).isEmpty();
    String difference = whole ? placement.difference() : null;
    if (difference == null) {
      difference = missingKey();
    }
    return difference == null && whole && isAnotherShown() ? look().message() : difference;
  }

  private @Nullable String missingKey() {
    return wanted.keys().stream()
        .filter(key -> !key.isLost(keys))
        .map(Wanted.Key::name)
        .filter(name -> keys.find(name).isEmpty())
        .findFirst()
        .map(name -> "the key " + name + " is not there")
        .orElse(null);
  }

  /** A server that shows none is down, which no reload mends. */
  private boolean isAnotherShown() throws IOException {
    return wanted.probe() != null
        && !serving.isEarly(document.aspect())
        && look() instanceof Shown shown
        && !shown.wanted();
  }

  @Override
  public void apply() throws Failed, IOException {
    // What was begun is finished; it was asked when it began.
    if (!placement.isInterrupted()
        && !corrections.allow(document.aspect(), document.generation())) {
      return;
    }
    keys.claim(document.aspect(), wanted.keyNames());
    List<String> lost = wanted.lost(keys);
    for (Wanted.Key key : wanted.keys()) {
      if (!lost.contains(key.name())) {
        var _ = keys.require(key.name(), key.algorithm());
      }
    }
    if (!lost.isEmpty()) {
      return;
    }
    if (placement.difference() != null) {
      placement.apply();
      serving.replaced(document.aspect());
      reloaded = true;
    } else if (isAnotherShown()) {
      reloadFailure = placement.reload();
      reloaded = true;
    }
    look = null;
    if (wanted.probe() != null) {
      corrections.applied(document.aspect(), document.generation());
    }
  }

  @Override
  public ReadBack readBack() throws IOException {
    List<String> differences = placement.differences();
    ObjectNode seen = seen(differences.isEmpty());
    @Nullable Look shown = wanted.probe() == null ? null : look();
    if (shown != null) {
      seen.set("served", shown.seen());
    }
    List<String> lost = wanted.lost(keys);
    if (!lost.isEmpty()) {
      lost.forEach(seen.putArray("lost")::add);
      return new ReadBack(false, "KeyLost", lost(lost), seen, null);
    }
    if (!differences.isEmpty()) {
      return isContested()
          ? contested(String.join("; ", differences), seen)
          : ReadBack.differs(String.join("; ", differences), seen);
    }
    if (shown == null || Serving.isWanted(shown)) {
      return ReadBack.asWanted(seen);
    }
    if (isContested()) {
      return contested(shown.message(), seen);
    }
    return serving.isEarly(document.aspect())
        ? new ReadBack(null, "NotServedYet", shown.message(), seen, SOON)
        : new ReadBack(false, "NotServed", notServed(shown), seen, null);
  }

  private String notServed(Look shown) {
    return reloadFailure == null
        ? shown.message()
        : shown.message() + "; the reload failed: " + reloadFailure;
  }

  private static String lost(List<String> lost) {
    return "what a certificate was issued for is not there any more: "
        + String.join(", ", lost)
        + "; what is in place stays as it is";
  }

  private static ReadBack contested(String message, ObjectNode seen) {
    String why =
        "%s; after %d corrections within an hour nothing more is done until the next generation"
            .formatted(message, Corrections.MOST);
    return new ReadBack(false, "Contested", why, seen, null);
  }

  private boolean isContested() {
    return corrections.isContested(document.aspect(), document.generation());
  }

  /** Only for a set with a probe. */
  private Look look() throws IOException {
    Look last = look;
    if (last == null) {
      Wanted.Probe probe = Objects.requireNonNull(wanted.probe());
      last = serving.look(document.aspect(), probe, reloaded);
      look = last;
    }
    return last;
  }

  /**
   * @param inForce whether the files are as they are wanted
   */
  private ObjectNode seen(boolean inForce) throws IOException {
    ObjectNode seen = Json.MAPPER.createObjectNode();
    seen.put("version", placement.version().orElse(null));
    ArrayNode files = seen.putArray("files");
    if (inForce) {
      wanted.files().forEach(file -> files.add(shown(file)));
    }
    ArrayNode requests = seen.putArray("keys");
    for (Wanted.Key key : wanted.keys()) {
      keys.find(key.name())
          .filter(there -> !key.isLost(keys))
          .ifPresent(
              there ->
                  requests
                      .addObject()
                      .put("name", key.name())
                      .put("publicKey", AgentKeys.write(there.pair().getPublic()))
                      .put("request", keys.request(key.name(), key.request())));
    }
    return seen;
  }

  private static ObjectNode shown(Wanted.File file) {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("path", file.path());
    shown.put("owner", file.owner());
    shown.put("mode", file.mode());
    if (file.content() != null) {
      shown.put("sha256", Wanted.hash(file.content()));
    }
    if (file.key() != null) {
      shown.put("key", file.key());
    }
    return shown;
  }

  /** A document that cannot be applied. */
  record Impossible(List<Violation> violations) implements Plan {
    Impossible {
      violations = List.copyOf(violations);
    }

    @Override
    public @Nullable String difference() {
      return null;
    }

    @Override
    public void apply() {
      throw new IllegalStateException("it cannot be applied");
    }

    @Override
    public ReadBack readBack() {
      throw new IllegalStateException("it was not applied");
    }
  }
}
