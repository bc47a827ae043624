package dev.perch.agent.link;

import dev.perch.agent.keys.KeyFolder;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.link.LinkSettings;
import java.security.KeyPair;
import java.util.Optional;

/**
 * What the link needs to come back after a restart: who the host is, its two key pairs, the
 * settings that have worked, and the ones that are still to be proven.
 */
public final class LinkState {
  private static final String MEMBERSHIP = "membership";
  private static final String CURRENT = "link";
  private static final String CANDIDATE = "link-candidate";

  private final StateFolder folder;
  private final KeyFolder keys;

  public LinkState(StateFolder folder) {
    this.folder = folder;
    this.keys = new KeyFolder(folder.folder("keys"));
  }

  KeyPair signing() {
    return keys.require("signing");
  }

  KeyPair encryption() {
    return keys.require("encryption");
  }

  /** Empty until the host is enrolled. */
  public Optional<Membership> membership() {
    return folder.read(MEMBERSHIP, Membership.class);
  }

  /** The settings come first: a membership means that both are there. */
  void enrolled(Membership membership, LinkSettings settings) {
    folder.delete(CANDIDATE);
    folder.write(CURRENT, settings);
    folder.write(MEMBERSHIP, membership);
  }

  Optional<LinkSettings> current() {
    return folder.read(CURRENT, LinkSettings.class);
  }

  Optional<LinkSettings> candidate() {
    return folder.read(CANDIDATE, LinkSettings.class);
  }

  void propose(LinkSettings settings) {
    folder.write(CANDIDATE, settings);
  }

  void forgetProposal() {
    folder.delete(CANDIDATE);
  }

  /** A welcome was got with these settings: nothing else is needed any more. */
  void proven(LinkSettings settings) {
    if (!settings.equals(current().orElse(null))) {
      folder.write(CURRENT, settings);
    }
    if (settings.equals(candidate().orElse(null))) {
      forgetProposal();
    }
  }
}
