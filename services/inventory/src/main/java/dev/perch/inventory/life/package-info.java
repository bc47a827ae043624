/** The life of a host: which states there are and which lead to which. Knows no framework. */
@NullMarked
package dev.perch.inventory.life;

import org.jspecify.annotations.NullMarked;
