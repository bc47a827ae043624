package dev.perch.inventory.site;

import dev.perch.contract.Cause;
import dev.perch.contract.inventory.Site;
import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What else goes when a site is removed. Every bean of this type is asked, in the same transaction.
 */
public interface SiteRemoval {

  /** The site's row is locked and about to go. */
  Uni<Void> before(Mutiny.StatelessSession session, Site site, Cause cause);
}
