/* Arrays of arrays, of pointers, of records, and pointers to all of those. */
struct element {
	int value;
};

struct behind_pointer {
	long value;
};

struct arrays {
	char text[16];
	int table[2][3];
	struct element elements[4];
	const char *names[2];
	struct behind_pointer (*row)[8];
	int (*matrix[2])[3];
	unsigned __int128 wide[1];
};

struct arrays use;
