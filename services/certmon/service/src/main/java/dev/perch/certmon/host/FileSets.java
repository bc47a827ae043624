package dev.perch.certmon.host;

import dev.perch.certmon.issue.SubjectName;
import dev.perch.certmon.publish.Ledger.Issued;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate's document says: the files of the revision in use, and every other key that
 * the host has to keep or make.
 */
record FileSets(Certificate certificate, Target.HostFolder folder) {
  /** Everybody is shown it by the server. */
  private static final String PUBLIC = "0644";

  private static final String SECRET = "0600";

  /**
   * @param issued empty if there is none for a key of this host yet
   * @param needed keys of this host
   */
  FileSet of(Optional<Issued> issued, List<HostKey> needed) {
    Optional<HostKey> used =
        issued.flatMap(
            one -> needed.stream().filter(key -> key.name().equals(one.hostKey())).findFirst());
    List<FileSet.Key> others =
        needed.stream()
            .filter(key -> used.isEmpty() || !key.equals(used.get()))
            .map(key -> key(key, null))
            .toList();
    if (issued.isEmpty() || used.isEmpty()) {
      return new FileSet(folder.folder(), List.of(), null, others, null);
    }
    return new FileSet(
        folder.folder(),
        List.of(
            file(folder.files().certificate(), issued.get().chain(), null, PUBLIC),
            file(folder.files().key(), null, key(used.get(), used.get().spki()), keyMode()),
            file(folder.files().ca(), issued.get().anchors(), null, PUBLIC)),
        folder.reload(),
        others,
        probe(issued.get()));
  }

  private String keyMode() {
    String mode = folder.mode();
    return mode == null ? SECRET : mode;
  }

  private FileSet.Member file(
      String path, @Nullable String text, FileSet.@Nullable Key key, String mode) {
    return new FileSet.Member(path, text, key, folder.owner(), folder.group(), mode);
  }

  private FileSet.@Nullable Probe probe(Issued issued) {
    Target.Probe probe = folder.probe();
    return probe == null
        ? null
        : new FileSet.Probe(probe.address(), probe.serverName(), probe.startTls(), issued.sha256());
  }

  private FileSet.Key key(HostKey key, @Nullable String spki) {
    return new FileSet.Key(
        key.name(),
        key.algorithm(),
        certificate.commonName(),
        names(SubjectName.Kind.DNS),
        names(SubjectName.Kind.IP),
        names(SubjectName.Kind.URI),
        names(SubjectName.Kind.EMAIL),
        spki);
  }

  private List<String> names(SubjectName.Kind kind) {
    List<String> values = new ArrayList<>();
    for (String name : certificate.names()) {
      SubjectName parsed = SubjectName.parse(name);
      if (parsed.kind() == kind) {
        values.add(parsed.value());
      }
    }
    return values;
  }
}
