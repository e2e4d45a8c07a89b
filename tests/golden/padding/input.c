/* Gaps that the types of the members do not explain: aligned members, aligned records, trailing room. */
struct padding {
	char a;
	int b __attribute__((aligned(16)));
	char c;
	char d __attribute__((aligned(64)));
} __attribute__((aligned(128)));

struct holds_padding {
	short a;
	struct padding padding;
	_Bool last;
};

struct holds_padding use;
