package dev.perch.agent.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.agent.apply.Driver.Failed;
import dev.perch.agent.apply.Driver.Plan;
import dev.perch.agent.apply.Driver.ReadBack;
import dev.perch.agent.apply.Violation;
import dev.perch.agent.files.Journal.Entry;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.keys.SigningRequest;
import dev.perch.contract.Json;
import dev.perch.contract.link.AgentKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one set from whatever is there to what is wanted. */
final class FilesPlan implements Plan {
  private static final Logger LOG = LoggerFactory.getLogger(FilesPlan.class);
  private static final int SHOWN = 5;

  private final String aspect;
  private final Path folder;
  private final @Nullable List<String> reload;
  private final Wanted wanted;
  private final Versions versions;
  private final Journal journal;
  private final KeyStore keys;

  FilesPlan(
      String aspect,
      FileSet set,
      Wanted wanted,
      Versions versions,
      Journal journal,
      KeyStore keys) {
    this.aspect = aspect;
    this.folder = Path.of(set.folder());
    this.reload = set.reload();
    this.wanted = wanted;
    this.versions = versions;
    this.journal = journal;
    this.keys = keys;
  }

  @Override
  public List<Violation> violations() {
    return List.of();
  }

  @Override
  public @Nullable String difference() throws IOException {
    Optional<Entry> entry = journal.find(aspect);
    if (entry.isEmpty()) {
      return "nothing was applied yet";
    }
    if (!entry.get().folder().equals(folder)) {
      return "the set is in " + entry.get().folder();
    }
    if (!entry.get().settled()) {
      return "an attempt was interrupted";
    }
    List<String> differences = differencesInForce();
    return differences.isEmpty()
        ? null
        : String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())));
  }

  private List<String> differencesInForce() throws IOException {
    Optional<String> current = versions.current();
    return current.isEmpty()
        ? List.of("no version is in force")
        : versions.differences(current.get(), wanted, this::pem);
  }

  @Override
  public void apply() throws Failed, IOException {
    Optional<Entry> before = journal.find(aspect);
    if (before.isPresent() && !before.get().folder().equals(folder)) {
      new Versions(before.get().folder()).remove();
      before = Optional.empty();
    }
    wanted.files().stream().map(Wanted.File::key).filter(key -> key != null).forEach(this::make);
    String next = versions.build(wanted, this::pem);
    String previous = before.map(FilesPlan::lastGood).filter(v -> !v.equals(next)).orElse(null);
    journal.write(aspect, new Entry(folder, next, previous, false, reload));
    versions.switchTo(next);
    String failure = reload == null ? null : Reload.run(reload);
    if (failure != null) {
      goBack(previous);
      throw new Failed(
          "ReloadFailed",
          failure
              + (previous == null ? "; there was no version before" : "; the one before is back"));
    }
    settle(next, previous);
  }

  /** The version that was in force when all was well. */
  private static @Nullable String lastGood(Entry entry) {
    return entry.settled() ? entry.version() : entry.previous();
  }

  private void goBack(@Nullable String previous) throws IOException {
    if (previous == null) {
      versions.remove();
      journal.forget(aspect);
    } else {
      versions.switchTo(previous);
      journal.write(aspect, new Entry(folder, previous, null, true, reload));
    }
    String failure = reload == null ? null : Reload.run(reload);
    if (failure != null) {
      LOG.atError()
          .addKeyValue("aspect", aspect)
          .addKeyValue("reason", failure)
          .log("The reload of the version before failed too");
    }
  }

  private void settle(String version, @Nullable String previous) throws IOException {
    journal.write(aspect, new Entry(folder, version, previous, true, reload));
    Set<String> kept = new HashSet<>(Set.of(version));
    if (previous != null) {
      kept.add(previous);
    }
    versions.keepOnly(kept);
  }

  @Override
  public ReadBack readBack() throws IOException {
    List<String> differences = differencesInForce();
    ObjectNode seen = Json.MAPPER.createObjectNode();
    seen.put("version", versions.current().orElse(null));
    ArrayNode files = seen.putArray("files");
    ArrayNode requests = seen.putArray("keys");
    for (Wanted.File file : wanted.files()) {
      ObjectNode shown = files.addObject();
      shown.put("path", file.path());
      shown.put("owner", file.owner());
      shown.put("mode", file.mode());
      if (file.content() != null) {
        shown.put("sha256", Wanted.hash(file.content()));
      }
      if (file.key() != null) {
        shown.put("key", file.key().name());
        requests.add(request(file.key()));
      }
    }
    return differences.isEmpty()
        ? new ReadBack(true, "", seen)
        : new ReadBack(false, String.join("; ", differences), NullNode.instance);
  }

  private ObjectNode request(FileSet.Key key) {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("name", key.name());
    shown.put("publicKey", AgentKeys.write(keys.require(key.name()).getPublic()));
    shown.put(
        "request",
        keys.request(
            key.name(),
            new SigningRequest(
                key.commonName() == null ? "" : key.commonName(),
                orNone(key.dnsNames()),
                orNone(key.ipAddresses()))));
    return shown;
  }

  private void make(FileSet.@Nullable Key key) {
    if (key != null) {
      var _ = keys.require(key.name());
    }
  }

  private Optional<byte[]> pem(FileSet.Key key) {
    return keys.find(key.name())
        .map(pair -> SigningRequest.pem("PRIVATE KEY", pair.getPrivate().getEncoded()))
        .map(pem -> pem.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<String> orNone(@Nullable List<String> list) {
    return list == null ? List.of() : new ArrayList<>(list);
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
