/** Who may do what to what belongs to which sites. */
@NullMarked
package dev.perch.certmon.site;

import org.jspecify.annotations.NullMarked;
