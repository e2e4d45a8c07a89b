/* Enums of all sizes that clang tells right in its BTF, signed and unsigned. */
enum plain { PLAIN_A, PLAIN_B = 10, PLAIN_C };
enum negative { NEGATIVE = -1, POSITIVE = 1 };
enum large { LARGE = 0xffffffff };
enum byte { BYTE_A, BYTE_B = 255 } __attribute__((packed));
enum signed_byte { SIGNED_BYTE_A = -128, SIGNED_BYTE_B = 127 } __attribute__((packed));
enum half { HALF_A, HALF_B = 256 } __attribute__((packed));
enum pointed_to { POINTED_TO };

struct enums {
	enum plain plain;
	enum negative negative;
	enum large large;
	enum byte byte;
	enum signed_byte signed_byte;
	enum half half;
	enum pointed_to *pointed_to;
};

struct enums use;
