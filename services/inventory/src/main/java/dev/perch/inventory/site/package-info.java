/** Places with hosts. */
@NullMarked
package dev.perch.inventory.site;

import org.jspecify.annotations.NullMarked;
