/**
 * The driver {@code files}: sets of files that come and go whole. A set is a folder with its
 * versions and one symbolic link, {@code current}, to the one in force.
 */
@NullMarked
package dev.perch.agent.files;

import org.jspecify.annotations.NullMarked;
