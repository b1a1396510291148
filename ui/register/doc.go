// Package register is the page of the businesses and the page of the education
// providers: a grid to the left and the record to the right, which is saved
// while it is typed.
package register
