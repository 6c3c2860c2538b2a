.PHONY: build test lint gen bench

build: # the command, as one static binary
	CGO_ENABLED=0 go build -trimpath -o soma ./cmd/soma

test:
	go test ./...

lint:
	go vet ./...
	go run mvdan.cc/gofumpt@v0.12.0 -l .
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

gen: # assembly kernels, the reference of model files
	go generate ./...

bench:
	go run ./bench
