package dev.perch.cli.certificate;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "certs",
    description = "Certificates that are kept valid.",
    footer = {
      "  perch certs list --state EXPIRED",
      "  perch certs create h-1.edge.example --issuer edge",
      "  perch certs explain h-1.edge.example"
    })
public final class CertsCommand extends Noun {
  public CertsCommand() {
    verb("list", ListCertificates.class);
    verb("get", GetCertificate.class);
    verb("create", CreateCertificate.class);
    verb("set", SetCertificate.class);
    verb("explain", ExplainCertificate.class);
    verb("forecast", ForecastCertificates.class);
    verb("revisions", ListRevisions.class);
    verb("chain", PrintChain.class);
    verb("renew", RenewCertificate.class);
    verb("revoke", RevokeCertificate.class);
    verb("rollback", RollBackCertificate.class);
    verb("suspend", SuspendCertificate.class);
    verb("resume", ResumeCertificate.class);
    verb("delete", DeleteCertificate.class);
    verb("timeline", CertificateTimeline.class);
  }
}
