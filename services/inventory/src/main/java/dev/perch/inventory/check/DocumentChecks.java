package dev.perch.inventory.check;

import dev.perch.inventory.check.Check.Finding;
import dev.perch.inventory.check.Subject.Document;
import java.util.List;

/** Whether what is wanted on the host is there. */
final class DocumentChecks {
  static final Check REACHED =
      Check.waivable(
          "documents.reached",
          "/documents",
          "The host is still applying what is wanted: wait, and read GET /v1/hosts/{id}/documents.",
          subject -> {
            List<Document> behind =
                subject.documents().stream().filter(Document::isBehind).toList();
            return Finding.of(behind.isEmpty(), behind.isEmpty() ? null : behind);
          });

  static final Check APPLIED =
      Check.waivable(
          "documents.applied",
          "/documents",
          "The host refused these documents; their condition says why: GET"
              + " /v1/hosts/{id}/documents.",
          subject -> {
            List<Document> failed =
                subject.documents().stream().filter(Document::isRefused).toList();
            return Finding.of(failed.isEmpty(), failed.isEmpty() ? null : failed);
          });

  static final List<Check> ALL = List.of(REACHED, APPLIED);

  private DocumentChecks() {}
}
