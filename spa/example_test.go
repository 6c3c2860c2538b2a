package spa_test

import (
	"fmt"

	"soma/spa"
)

// What is a circle? A scene of bound pointers, asked by unbinding.
func ExampleVocabulary() {
	v := spa.NewVocabulary(256)
	if err := v.Populate("Red; Blue; Circle; Square; Scene = Red*Circle + Blue*Square"); err != nil {
		fmt.Println(err)
		return
	}
	for _, question := range []string{"Scene * ~Circle", "Scene * ~Square", "Scene * ~Red"} {
		answer, err := v.Parse(question)
		if err != nil {
			fmt.Println(err)
			return
		}
		name, _ := v.Closest(answer)
		fmt.Println(question, "is", name)
	}
	_, err := v.Parse("Scene * ~Crcle")
	fmt.Println(err)
	// Output:
	// Scene * ~Circle is Red
	// Scene * ~Square is Blue
	// Scene * ~Red is Circle
	// "Scene * ~Crcle", column 10: the vocabulary of 256 dimensions has no pointer "Crcle" (did you mean "Circle"?); it has: Red, Blue, Circle, Square, Scene
}
