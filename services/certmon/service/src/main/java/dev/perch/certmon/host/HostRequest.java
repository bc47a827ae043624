package dev.perch.certmon.host;

import dev.perch.certmon.issue.Csr;
import dev.perch.certmon.issue.KeyType;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.contract.certmon.Certificate;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * A certificate request that a host made. Nothing of it is believed: it is signed by its key, and
 * asks for exactly what the host was told to ask for, with a key of the kind it was told to make
 * and that nobody has used.
 */
public record HostRequest(Csr csr) {

  /**
   * @throws IllegalArgumentException if it is no request, or not signed by its key
   */
  public static HostRequest read(String pem) {
    return new HostRequest(Csr.fromPem(pem));
  }

  /** SHA-256 of the public key, hexadecimal. */
  public String spki() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(csr.publicKey().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong with it; empty if nothing is. */
  public List<String> flaws(Connection connection, Certificate certificate, HostKey key)
      throws SQLException {
    List<String> flaws = new ArrayList<>();
    var names = new TreeSet<>(certificate.names().stream().map(SubjectName::parse).toList());
    if (!csr.names().equals(names)) {
      flaws.add("it asks for " + csr.names() + ", not " + names);
    }
    String commonName = certificate.commonName() == null ? "" : certificate.commonName();
    if (!csr.commonName().equals(commonName)) {
      flaws.add("its common name is '" + csr.commonName() + "', not '" + commonName + "'");
    }
    if (KeyType.of(csr.publicKey())
        .filter(type -> type.name().equals(key.algorithm().name()))
        .isEmpty()) {
      flaws.add("its key is not " + key.algorithm());
    }
    String before = key.spki();
    if (before != null && !before.equals(spki())) {
      flaws.add("the key of this name was another one");
    }
    if (HostKeys.isUsed(connection, key, spki(), csr.publicKey())) {
      flaws.add("its key was used before");
    }
    return flaws;
  }
}
