package dev.perch.inventory.enrolment;

import dev.perch.contract.link.LinkSettings;
import dev.perch.contract.link.Pins;
import dev.perch.kit.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** What every agent has to know to reach this Perch and to recognize it. */
@ApplicationScoped
class LinkAddress {
  private final EnrolmentConfig config;

  LinkAddress(EnrolmentConfig config) {
    this.config = config;
  }

  boolean isConfigured() {
    return config.endpoints().isPresent() && config.authorities().isPresent();
  }

  /**
   * Read anew each time, so that a changed file of authorities needs no restart.
   *
   * @throws dev.perch.kit.web.ProblemException 503 while it is not configured
   */
  LinkSettings settings() {
    return new LinkSettings(
        config.server(),
        config.endpoints().orElseThrow(() -> missing("perch.enrolment.endpoints")),
        config
            .authorities()
            .map(LinkAddress::pins)
            .orElseThrow(() -> missing("perch.enrolment.authorities")));
  }

  private static Set<String> pins(Path authorities) {
    try (InputStream pem = Files.newInputStream(authorities)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw missing("a certificate in the file of perch.enrolment.authorities");
      }
      return certificates.stream()
          .map(certificate -> Pins.of(((X509Certificate) certificate).getPublicKey()))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException | CertificateException e) {
      throw missing("a readable file at perch.enrolment.authorities");
    }
  }

  private static RuntimeException missing(String what) {
    return new Problem.Unavailable(
            "Agents cannot enrol: this service lacks " + what + ".", Duration.ofMinutes(1))
        .asException();
  }
}
