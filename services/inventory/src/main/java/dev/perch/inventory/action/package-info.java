/** What is done to hosts: actions over HTTP, and the long work behind each. */
@NullMarked
package dev.perch.inventory.action;

import org.jspecify.annotations.NullMarked;
