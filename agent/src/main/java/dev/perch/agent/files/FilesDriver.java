package dev.perch.agent.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver;
import dev.perch.agent.apply.Violation;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps sets of files as {@link FileSet} describes them. */
public final class FilesDriver implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(FilesDriver.class);
  private static final ObjectReader READER =
      Json.MAPPER.readerFor(FileSet.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Path allowFolder;
  private final Path ownFolder;
  private final Journal journal;
  private final KeyStore keys;

  /**
   * @param allowFolder with the lists of folders and commands that documents may use
   * @param state where this driver keeps what it did; its folder {@code files} is always allowed
   */
  public FilesDriver(Path allowFolder, StateFolder state, KeyStore keys) {
    this.allowFolder = allowFolder;
    this.ownFolder = state.folder("files").path();
    this.journal = new Journal(state.folder("file-sets"));
    this.keys = keys;
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
      set = READER.readValue(document.spec());
    } catch (JsonProcessingException e) {
      violations.add(
          new Violation("spec.shape", "", e.getOriginalMessage(), "send folder, files, reload"));
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
    Wanted wanted = new Check(violations).members(set);
    return violations.isEmpty()
        ? new FilesPlan(document.aspect(), set, wanted, versions, journal, keys)
        : new FilesPlan.Impossible(violations);
  }

  @Override
  public void withdraw(String aspect) throws IOException {
    var entry = journal.find(aspect);
    if (entry.isEmpty()) {
      return;
    }
    new Versions(entry.get().folder()).remove();
    List<String> reload = entry.get().reload();
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
}
