/** What is wrong with what hosts report: looked for again and again, and told as alarms. */
@NullMarked
package dev.perch.inventory.facts;

import org.jspecify.annotations.NullMarked;
