/** What the domain services want on hosts, as inventory last heard it. */
@NullMarked
package dev.perch.inventory.document;

import org.jspecify.annotations.NullMarked;
