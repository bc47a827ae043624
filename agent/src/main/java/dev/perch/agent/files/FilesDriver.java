package dev.perch.agent.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver;
import dev.perch.agent.apply.Violation;
import dev.perch.agent.files.Journal.Entry;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps sets of files as {@link FileSet} describes them, and sees that they are served. */
public final class FilesDriver implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(FilesDriver.class);
  private static final ObjectReader READER =
      Json.MAPPER.readerFor(FileSet.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Some servers load a certificate after their reload has ended well. */
  private static final Duration RELOAD_PATIENCE = Duration.ofSeconds(10);

  private final Path allowFolder;
  private final Path ownFolder;
  private final Journal journal;
  private final KeyStore keys;
  private final Corrections corrections;
  private final Serving serving;

  /**
   * @param allowFolder with the lists of folders and commands that documents may use
   * @param state where this driver keeps what it did; its folder {@code files} is always allowed
   */
  public FilesDriver(Path allowFolder, StateFolder state, KeyStore keys) {
    this(allowFolder, state, keys, InstantSource.system(), RELOAD_PATIENCE);
  }

  /**
   * @param patience for servers that were reloaded
   */
  FilesDriver(
      Path allowFolder, StateFolder state, KeyStore keys, InstantSource clock, Duration patience) {
    this.allowFolder = allowFolder;
    this.ownFolder = state.folder("files").path();
    this.journal = new Journal(state.folder("file-sets"));
    this.keys = keys;
    this.corrections = new Corrections(state.folder("corrections"), clock);
    this.serving = new Serving(state.folder("served"), clock, patience);
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public Plan plan(Document document) throws IOException {
    List<Violation> violations = new ArrayList<>();
    FileSet set;
    try {
      set = read(document);
    } catch (JsonProcessingException e) {
      violations.add(
          new Violation(
              "spec.shape",
              "",
              e.getOriginalMessage(),
              "send folder, files, reload, requests, probe"));
      return new FilesPlan.Impossible(violations);
    }
    if (set.folder() == null || set.folder().indexOf('\0') >= 0) {
      violations.add(new Violation("folder.path", "/folder", "none", "name the set's folder"));
      return new FilesPlan.Impossible(violations);
    }
    Path folder = Path.of(set.folder());
    Versions versions = new Versions(folder);
    AllowList allowed = AllowList.read(allowFolder, ownFolder);
    Place.check(set.folder(), allowed, versions).ifPresent(violations::add);
    journal
        .owner(folder, document.aspect())
        .ifPresent(
            owner ->
                violations.add(
                    new Violation(
                        "folder.owned", "/folder", "the aspect " + owner, "another folder")));
    if (set.reload() != null && !allowed.commands().contains(set.reload())) {
      violations.add(
          new Violation(
              "reload.not-allowed",
              "/reload",
              String.join(" ", set.reload()),
              "the host's list must have it word by word"));
    }
    Wanted wanted = new Check(keys, violations).set(set);
    return violations.isEmpty()
        ? new FilesPlan(
            document,
            wanted,
            new Placement(document.aspect(), set, wanted, journal, this::pem),
            keys,
            corrections,
            serving)
        : new FilesPlan.Impossible(violations);
  }

  /** Destroys the keys that the document does not mention, wherever there is a copy. */
  @Override
  public void settled(Document document) throws IOException {
    Set<String> needed = read(document).keyNames();
    if (!keys.unneeded(document.aspect(), needed).isEmpty()) {
      Optional<Entry> entry = journal.find(document.aspect());
      if (entry.isPresent()) {
        new Versions(entry.get().folder()).keepOnly(Set.of(entry.get().version()));
      }
    }
    keys.keepOnly(document.aspect(), needed);
  }

  @Override
  public void withdraw(String aspect) throws IOException {
    Optional<Entry> entry = journal.find(aspect);
    if (entry.isPresent()) {
      remove(aspect, entry.get());
    }
    keys.keepOnly(aspect, Set.of());
    corrections.forget(aspect);
    serving.forget(aspect);
  }

  private void remove(String aspect, Entry entry) throws IOException {
    new Versions(entry.folder()).remove();
    List<String> reload = entry.reload();
    // The list may have changed since: what it does not allow any more is not run.
    if (reload != null && AllowList.read(allowFolder, ownFolder).commands().contains(reload)) {
      String failure = Reload.run(reload);
      if (failure != null) {
        LOG.atWarn()
            .addKeyValue("aspect", aspect)
            .addKeyValue("reason", failure)
            .log("The reload after a withdrawal failed");
      }
    }
    journal.forget(aspect);
  }

  private static FileSet read(Document document) throws IOException {
    return READER.readValue(document.spec());
  }

  private Optional<byte[]> pem(String name) {
    return keys.find(name).map(key -> key.pem().getBytes(StandardCharsets.US_ASCII));
  }
}
