package dev.perch.certmon.certificate;

import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Target;
import java.util.Objects;
import java.util.Optional;

/** Certificates whose keys are made on a host. */
final class HostFolders {
  private HostFolders() {}

  /** The one folder such a certificate is published to; empty for all others. */
  static Optional<Target.HostFolder> of(Certificate certificate) {
    return certificate.targets().stream().map(Target::host).filter(Objects::nonNull).findFirst();
  }
}
