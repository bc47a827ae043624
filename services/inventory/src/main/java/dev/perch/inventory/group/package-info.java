/** Named selections of hosts. */
@NullMarked
package dev.perch.inventory.group;

import org.jspecify.annotations.NullMarked;
