package dev.perch.certmon.issue;

import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIGRecord;

/**
 * What the primary server of a zone answered to an update (RFC 2136 §3.8, RFC 8945 §5.3).
 *
 * @param server who answered, for people
 * @param zone the zone's name
 * @param key the name of the key that the update was signed with
 */
record UpdateAnswer(Message message, String server, String zone, String key) {

  /** Why the zone is not as it was to be; empty if it is. */
  Optional<Finding> objection() {
    TSIGRecord signature = message.getTSIG();
    int error = signature == null ? Rcode.NOERROR : signature.getError();
    if (error == Rcode.BADTIME) {
      return finding("dns-clock", "says that our clock is wrong", "Set its clock and ours.");
    }
    if (error != Rcode.NOERROR) {
      return finding(
          "dns-key",
          "does not take the key " + key + ": " + Rcode.TSIGstring(error),
          "Give keyName, keyAlgorithm and the credential tsigSecret as that server has them.");
    }
    return switch (message.getRcode()) {
      case Rcode.NOERROR -> unproven();
      case Rcode.REFUSED ->
          finding(
              "dns-refused",
              "does not let the key " + key + " change TXT records of _acme-challenge." + zone,
              "Allow it there; in BIND: update-policy { grant " + key + " zonesub TXT; };");
      case Rcode.NOTAUTH, Rcode.NOTZONE ->
          finding(
              "dns-zone",
              "is not the primary server of " + zone,
              "Name its primary server, and the zone as that server has it.");
      default ->
          finding(
              "dns-update",
              "answers " + Rcode.string(message.getRcode()) + " to an update of " + zone,
              "Look at that server's log.");
    };
  }

  /** Who does not know the key may say anything. */
  private Optional<Finding> unproven() {
    return message.isVerified()
        ? Optional.empty()
        : finding(
            "dns-unsigned",
            "does not sign its answers with the key " + key,
            "See that nothing between it and us changes or invents answers.");
  }

  private Optional<Finding> finding(String code, String detail, String remedy) {
    return Optional.of(new Finding(code, server + " " + detail, remedy));
  }
}
