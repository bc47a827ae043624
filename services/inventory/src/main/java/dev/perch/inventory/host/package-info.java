/** Hosts: what an operator says about them, and what is observed. */
@NullMarked
package dev.perch.inventory.host;

import org.jspecify.annotations.NullMarked;
