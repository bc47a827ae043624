/** What Perch's services say to each other and to the world. */
@NullMarked
package dev.perch.contract;

import org.jspecify.annotations.NullMarked;
